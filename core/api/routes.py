from flask import Blueprint, Response, current_app, jsonify, make_response, request
from flask.typing import ResponseReturnValue

from core.access import anyone, page_for
from core.api import openapi
from core.ui import page

bp = Blueprint("api", __name__, url_prefix="/api/v1")


@bp.get("/openapi.json")
@page_for(anyone)
def description() -> ResponseReturnValue:
    response = jsonify(openapi.document(current_app.extensions["api"]))
    response.add_etag()
    return response.make_conditional(request)


@bp.get("/")
@page_for(anyone)
def reference() -> ResponseReturnValue:
    """The same in words: a page in a browser, plain text in a terminal."""
    described = openapi.document(current_app.extensions["api"])
    if request.accept_mimetypes.best_match(["text/plain", "text/html"]) == "text/html":
        base = described["servers"][0]["url"]
        answer = make_response(page("api/reference.html", described=described, base=base))
    else:
        answer = Response(openapi.reference(described), mimetype="text/plain")
    answer.vary.add("Accept")
    return answer
