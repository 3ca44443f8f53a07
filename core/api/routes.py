from flask import Blueprint, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from core.access import anyone, page_for
from core.api import openapi

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
    """The same in plain words, for a person with a terminal."""
    text = openapi.reference(openapi.document(current_app.extensions["api"]))
    return Response(text, mimetype="text/plain")
