"""The next page is there when it is tapped: speculation rules, as one text with its policy hash.

The rules stand in the page, not behind a Speculation-Rules header: browsers fetch what the header
names before they paint. Browsers that don't know the type skip the element.
"""

import json

from clinic_site.pagecache.csp_hash import hash_source

NEVER = ("/admin/*", "/preview/*", "/book/sent/*", "/media/*", "/static/*", "/*.*")
RULES = json.dumps(
    {
        "prefetch": [
            {
                "where": {"and": [{"href_matches": "/*"}, {"not": {"href_matches": list(NEVER)}}]},
                "eagerness": "moderate",  # pointed at for a moment, or about to be tapped
            }
        ]
    },
    separators=(",", ":"),
)
CSP_SOURCE = hash_source(RULES)
