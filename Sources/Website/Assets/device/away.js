// away
