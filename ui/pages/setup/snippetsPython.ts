// Python and its frameworks. The SDK finds Django, Flask and FastAPI by itself.

import type { Snippet } from './snippets.ts'

const install = { title: 'Install', file: null, code: 'pip install --upgrade sentry-sdk' }

const init = (dsn: string): string => `import sentry_sdk

sentry_sdk.init(
    dsn="${dsn}",
    # Tracing is off: no traces_sample_rate.
)`

const python: Snippet = (dsn) => [install, { title: 'Start it first, and throw once', file: 'main.py', code: `${init(dsn)}\n\n1 / 0` }]

const django: Snippet = (dsn) => [
  install,
  { title: 'At the top of the settings', file: 'settings.py', code: init(dsn) },
  {
    title: 'Throw once, then open /debug/',
    file: 'urls.py',
    code: `from django.urls import path


def debug(request):
    raise RuntimeError("Refold test")


urlpatterns = [path("debug/", debug)]`,
  },
]

const flask: Snippet = (dsn) => [
  install,
  {
    title: 'Start it before the app, then open /debug',
    file: 'app.py',
    code: `${init(dsn)}

from flask import Flask

app = Flask(__name__)


@app.route("/debug")
def debug():
    raise RuntimeError("Refold test")`,
  },
]

const fastapi: Snippet = (dsn) => [
  install,
  {
    title: 'Start it before the app, then open /debug',
    file: 'main.py',
    code: `${init(dsn)}

from fastapi import FastAPI

app = FastAPI()


@app.get("/debug")
async def debug():
    raise RuntimeError("Refold test")`,
  },
]

export const pythonSnippets = { python, 'python-django': django, 'python-flask': flask, 'python-fastapi': fastapi }
