"""What can be cited, and how."""
