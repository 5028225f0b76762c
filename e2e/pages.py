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

WIDTHS = (320, 1280)
