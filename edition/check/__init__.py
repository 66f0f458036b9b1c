"""Look for doubts in the text and the layers."""
