"""The care team's pages, one file a page."""

from coach.web.pages import (
    audit,
    cases,
    patient,
    patient_care,
    patient_charts,
    patient_data,
    patient_settings,
    patient_texts,
    patients,
    people,
    sign_in,
    today,
)

PAGES = (
    *(sign_in.router, today.router, cases.router),
    *(patients.router, patient_data.router, patient.router, patient_charts.router, patient_texts.router),
    *(patient_care.router, patient_settings.router),
    *(people.router, audit.router),
)
