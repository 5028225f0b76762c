"""One address for every type of page, and what is wrong on purpose."""

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
    "staff-requests": ("lead", "/fieldwork/training/requests"),
    "staff-requests-none": ("lead", "/fieldwork/new-2028/requests"),
    "staff-forbidden": ("lead", "/accounts"),
    "staff-unknown": ("lead", "/fieldwork/nowhere"),
    "staff-providers": ("provider", "/provider"),
    "staff-provider": ("provider", "/provider/training-service"),
    "staff-provider-requests": ("provider", "/provider/training-service/requests/training"),
}

WIDTHS = (320, 1280)
