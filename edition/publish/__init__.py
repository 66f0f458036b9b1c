"""Publish an edition: pages, data files, and the folder that holds them. The only writers."""
