"""The Flask and Jinja twin. Pages are rendered for every request from data held in memory.

Run by gunicorn; TWIN_FACTS names the file that measure.py made.
"""

import json
import os
from pathlib import Path

from flask import Flask, Response, abort, render_template, request
from markupsafe import Markup

app = Flask(__name__)
facts = json.loads(Path(os.environ["TWIN_FACTS"]).read_text(encoding="utf-8"))
for name in ("shapes", "fixed"):
    ready = {part: Markup(text) for part, text in facts[name].items()}
    app.jinja_env.globals[name] = ready
app.jinja_env.trim_blocks = True
app.jinja_env.auto_reload = False


def render(name: str) -> Response:
    page = facts["pages"].get(name)
    if page is None:
        abort(404)
    html = render_template(f"{page['view']}.html", page=page)
    response = Response(html, mimetype="text/html")
    response.headers.extend(facts["headers"])
    return response


@app.get("/league-tables")
def league_table() -> Response:
    return render(f"league {request.args.get('kind')} {request.args.get('as-of')}")


@app.get("/providers/<provider>")
def provider(provider: str) -> Response:
    return render(f"provider {provider}")
