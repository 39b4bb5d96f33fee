// The other languages, and a plain request for everything else.

import type { Snippet } from './snippets.ts'

const go: Snippet = (dsn) => [
  { title: 'Install', file: null, code: 'go get github.com/getsentry/sentry-go' },
  {
    title: 'Start it, report once, and flush before the end',
    file: 'main.go',
    code: `package main

import (
	"errors"
	"log"
	"time"

	"github.com/getsentry/sentry-go"
)

func main() {
	// Tracing is off: EnableTracing stays false.
	err := sentry.Init(sentry.ClientOptions{Dsn: "${dsn}"})
	if err != nil {
		log.Fatal(err)
	}
	defer sentry.Flush(2 * time.Second)
	sentry.CaptureException(errors.New("Refold test"))
}`,
  },
]

const ruby: Snippet = (dsn) => [
  { title: 'Install', file: null, code: 'bundle add sentry-ruby sentry-rails' },
  {
    title: 'Start it; in Rails this is an initializer',
    file: 'config/initializers/sentry.rb',
    code: `Sentry.init do |config|
  config.dsn = "${dsn}"
  # Tracing is off: no traces_sample_rate.
end`,
  },
  {
    title: 'Throw once',
    file: 'rails console',
    code: `begin
  1 / 0
rescue ZeroDivisionError => error
  Sentry.capture_exception(error)
end`,
  },
]

const php: Snippet = (dsn) => [
  { title: 'Install (plain PHP: sentry/sentry)', file: null, code: 'composer require sentry/sentry-laravel' },
  {
    title: 'Laravel: report what the application catches',
    file: 'bootstrap/app.php',
    code: `->withExceptions(function (Exceptions $exceptions) {
    \\Sentry\\Laravel\\Integration::handles($exceptions);
})`,
  },
  {
    title: 'Laravel: the DSN and a test event',
    file: null,
    code: `# Tracing is off: leave SENTRY_TRACES_SAMPLE_RATE unset.
echo 'SENTRY_LARAVEL_DSN=${dsn}' >> .env
php artisan sentry:test`,
  },
  {
    title: 'Plain PHP: start it, and throw once',
    file: 'index.php',
    code: `<?php
require 'vendor/autoload.php';

// Tracing is off: no traces_sample_rate.
\\Sentry\\init(['dsn' => '${dsn}']);

throw new Exception('Refold test');`,
  },
]

const java: Snippet = (dsn) => [
  { title: 'Install (without Spring: io.sentry:sentry)', file: 'build.gradle', code: `implementation 'io.sentry:sentry-spring-boot-starter-jakarta:8.13.3'` },
  {
    title: 'The DSN',
    file: 'application.properties',
    code: `# Tracing is off: no sentry.traces-sample-rate.
sentry.dsn=${dsn}`,
  },
  {
    title: 'Throw once',
    file: 'DebugController.java',
    code: `@RestController
class DebugController {
  @GetMapping("/debug")
  String debug() {
    throw new IllegalStateException("Refold test");
  }
}`,
  },
]

const dotnet: Snippet = (dsn) => [
  { title: 'Install (ASP.NET Core: Sentry.AspNetCore)', file: null, code: 'dotnet add package Sentry' },
  {
    title: 'Start it first, and throw once',
    file: 'Program.cs',
    code: `using var sentry = SentrySdk.Init(options =>
{
    options.Dsn = "${dsn}";
    // Tracing is off: no TracesSampleRate.
});

throw new Exception("Refold test");`,
  },
]

const rust: Snippet = (dsn) => [
  { title: 'Install', file: null, code: 'cargo add sentry' },
  {
    title: 'Keep the guard for the life of main, and panic once',
    file: 'src/main.rs',
    code: `fn main() {
    // Tracing is off: no traces_sample_rate.
    let _guard = sentry::init((
        "${dsn}",
        sentry::ClientOptions {
            release: sentry::release_name!(),
            ..Default::default()
        },
    ));

    panic!("Refold test");
}`,
  },
]

const other: Snippet = (dsn) => {
  const { origin, username, pathname } = new URL(dsn)
  const envelope = [{ dsn }, { type: 'event' }, { message: 'Refold test', level: 'error', platform: 'other' }].map((line) => JSON.stringify(line)).join('\n')
  return [
    {
      title: 'Send one error',
      file: null,
      code: `# An envelope: three lines of JSON. Any language that speaks HTTP can send one.
curl '${origin}/api${pathname}/envelope/' \\
  -H 'X-Sentry-Auth: Sentry sentry_version=7, sentry_client=curl/1.0, sentry_key=${username}' \\
  --data-binary '${envelope}'`,
    },
  ]
}

export const serverSnippets = { go, ruby, php, java, dotnet, rust, other }
