"""View models: what templates show, as plain values in one script."""
