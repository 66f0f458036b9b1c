"""Files for programs that visit: feed, map of the site, worker, headers."""
