"""Commands that need more than a run of the pipeline."""
