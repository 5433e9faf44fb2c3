"""The care team's pages, one file a page."""

from coach.web.pages import audit, cases, people, sign_in, today

PAGES = (sign_in.router, today.router, cases.router, people.router, audit.router)
