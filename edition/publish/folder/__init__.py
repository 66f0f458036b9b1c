"""The folder of the site."""
