"""Files for programs: Atom feed, sitemap, robots.txt, service worker, HTTP headers."""
