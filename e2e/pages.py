"""One address for every type of page, and what is wrong on purpose."""

from device import DEVICE, open_cases, own_cases

PAGES = {
    "home": "/",
    "providers": "/providers",
    "providers-found": "/providers?q=kent",
    "providers-none": "/providers?q=west+knet",
    "provider": "/providers/west-yorkshire-crc",
    "provider-two-rounds": "/providers/derby-city-pdu",
    "provider-region": "/providers/wales-region",
    "provider-not-inspected": "/providers/brent-pdu",
    "inspection": "/inspections/derbyshire-leicestershire-nottinghamshire-rutland-crc-2",
    "inspection-printed-score": "/inspections/staffordshire-stoke-pdu-1",
    "inspection-not-rated": "/inspections/hampshire-isle-of-wight-crc-2",
    "held": "/held/training",
    "league": "/league-tables",
    "league-crc": "/league-tables?kind=crc&standard=2.1&sort=-date",
    "standards": "/standards",
    "edition": "/standards/pdu-2023",
    "edition-region": "/standards/region-2023",
    "difference": "/standards/crc-2019/to/pdu-2021",
    "difference-unwritten": "/standards/crc-2018/to/pdu-2023",
    "checks": "/checks",
    "data": "/data",
    "accessibility": "/accessibility",
    "about": "/about",
}

MISTAKES = {
    "mistake-providers": "/providers?kind=abbey&region=mars&rating=poor",
    "mistake-league": "/league-tables?kind=crc&standards=pdu-2021&round=9&as-of=31%2F12%2F2020",
    "not-found": "/providers/west-kent",
}

# Of the part that people sign in to: who sees it, and where.
STAFF_PAGES = {
    "staff-sign-in": (None, "/sign-in"),
    "staff-account": ("lead", "/account"),
    "staff-second-factor": ("lead", "/account/second-factor"),
    "staff-accounts": ("admin", "/accounts"),
    "staff-inspections": ("lead", "/fieldwork"),
    "staff-inspections-none": ("admin", "/fieldwork"),
    "staff-create": ("lead", "/fieldwork/new"),
    "staff-inspection": ("lead", "/fieldwork/training"),
    "staff-inspection-new": ("lead", "/fieldwork/new-2028"),
    "staff-team": ("lead", "/fieldwork/training/team"),
    "staff-plan": ("lead", "/fieldwork/training/plan"),
    "staff-return": ("lead", "/fieldwork/training/return"),
    "staff-return-new": ("lead", "/fieldwork/new-2028/return"),
    "staff-return-messy": ("lead", "/fieldwork/messy-2028/return"),
    "staff-sample": ("lead", "/fieldwork/training/sample"),
    "staff-sample-new": ("lead", "/fieldwork/new-2028/sample"),
    "staff-sample-draw": ("lead", "/fieldwork/frozen-2028/sample"),
    "staff-allotment": ("lead", "/fieldwork/training/allotment"),
    "staff-allotment-none": ("lead", "/fieldwork/new-2028/allotment"),
    "staff-cases": ("lead", "/fieldwork/training/cases"),
    "staff-case": ("lead", "/fieldwork/training/cases/1"),
    "staff-case-sheet": ("lead", "/fieldwork/training/cases/1/sheet"),
    "staff-case-conflicts": ("lead", "/fieldwork/training/cases/72/assess/conflicts"),
    "staff-case-conflicts-none": ("lead", "/fieldwork/training/cases/1/assess/conflicts"),
    "staff-cases-own": ("assessor-2", "/fieldwork/training/cases"),
    "staff-fieldwork": ("lead", "/fieldwork/training/progress"),
    "staff-fieldwork-none": ("lead", "/fieldwork/new-2028/progress"),
    "staff-quality": ("quality", "/fieldwork/training/quality"),
    "staff-quality-draw": ("quality", "/fieldwork/training/quality/seconds"),
    "staff-agreement-none": ("lead", "/fieldwork/new-2028/quality/agreement"),
    "staff-disagreements-none": ("lead", "/fieldwork/new-2028/quality/disagreements"),
    "staff-severity-none": ("lead", "/fieldwork/new-2028/quality/severity"),
    "staff-agreement": ("quality", "/fieldwork/training/quality/agreement"),
    "staff-disagreements": ("quality", "/fieldwork/training/quality/disagreements"),
    "staff-severity": ("quality", "/fieldwork/training/quality/severity"),
    "staff-calibration": ("quality", "/fieldwork/training/quality/calibration"),
    "staff-own-seconds": ("assessor-2", "/fieldwork/training/seconds"),
    "staff-own-calibrations-none": ("assessor-2", "/fieldwork/training/calibrations"),
    "staff-requests": ("lead", "/fieldwork/training/requests"),
    "staff-requests-none": ("lead", "/fieldwork/new-2028/requests"),
    "staff-evidence": ("lead", "/fieldwork/training/evidence"),
    "staff-evidence-none": ("lead", "/fieldwork/new-2028/evidence"),
    "staff-evidence-add": ("lead", "/fieldwork/training/evidence/new"),
    "staff-evidence-one": ("lead", "/fieldwork/training/evidence/2"),
    "staff-evidence-change": ("lead", "/fieldwork/training/evidence/2/change"),
    "staff-evidence-matrix": ("lead", "/fieldwork/training/evidence/matrix"),
    "staff-judgements": ("lead", "/fieldwork/training/judgements"),
    "staff-judgement": ("lead", "/fieldwork/training/judgements/1.2.1"),
    "staff-judgement-standard": ("lead", "/fieldwork/training/judgements/1.2"),
    "staff-judgement-cases": ("lead", "/fieldwork/training/judgements/2.1"),
    "staff-panel": ("lead", "/fieldwork/training/panel"),
    "staff-panel-standard": ("lead", "/fieldwork/training/panel/2.1"),
    "staff-workforce": ("lead", "/fieldwork/training/workforce"),
    "staff-workforce-fact": ("lead", "/fieldwork/training/workforce/1"),
    "staff-forbidden": ("lead", "/accounts"),
    "staff-unknown": ("lead", "/fieldwork/nowhere"),
    "staff-providers": ("provider", "/provider"),
    "staff-provider": ("provider", "/provider/training-service"),
    "staff-provider-requests": ("provider", "/provider/training-service/requests/training"),
}

# Those with script, in the part that people sign in to.
SCRIPTED = ("staff-assess", "staff-device", "staff-second", "staff-signed-out")

WIDTHS = (320, 1280)


def scripted(inspectorate, role="assessor-2"):
    """Who sees the pages with script, and where: of the cases, one with answers."""
    first, second = open_cases(inspectorate, role), own_cases(inspectorate, role, "second")
    return dict(zip(SCRIPTED, (
        (role, first[-1]["address"]), (role, DEVICE), (role, second[-1]["address"]),
        (None, "/signed-out"))))
