"""A file of headers for hosts that read one: the content security policy, and what only a header can say."""

from __future__ import annotations

from edition.publish.render.policy import POLICY

#: ``_headers``, as Netlify and Cloudflare Pages read it.
HEADERS = f"""/*
  Content-Security-Policy: {POLICY}; frame-ancestors 'self'
  Referrer-Policy: strict-origin-when-cross-origin
  Permissions-Policy: camera=(), geolocation=(), microphone=()
  X-Content-Type-Options: nosniff
"""
