"""The care team's pages, one file a page."""

from coach.web.pages import audit, cases, patient, patient_charts, people, sign_in, today

PAGES = (
    *(sign_in.router, today.router, cases.router),
    *(patient.router, patient_charts.router),
    *(people.router, audit.router),
)
