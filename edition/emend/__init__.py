"""Read the layers and lay them over the texts."""
