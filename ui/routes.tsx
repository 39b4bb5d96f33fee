// Every page and its address. A page is one lazy chunk.

import { Route, Router } from '@solidjs/router'
import { QueryClientProvider } from '@tanstack/solid-query'
import { type JSX, lazy } from 'solid-js'
import { client } from './data/client.ts'
import { HomePage } from './pages/projects/HomePage.tsx'
import { Shell } from './parts/shell/Shell.tsx'

const IssuesPage = lazy(async () => ({ default: (await import('./pages/issues/IssuesPage.tsx')).IssuesPage }))
const IssuePage = lazy(async () => ({ default: (await import('./pages/issue/IssuePage.tsx')).IssuePage }))
const RawEventPage = lazy(async () => ({ default: (await import('./pages/issue/RawEventPage.tsx')).RawEventPage }))
const EventsPage = lazy(async () => ({ default: (await import('./pages/events/EventsPage.tsx')).EventsPage }))
const TagsPage = lazy(async () => ({ default: (await import('./pages/tags/TagsPage.tsx')).TagsPage }))
const TagPage = lazy(async () => ({ default: (await import('./pages/tags/TagPage.tsx')).TagPage }))
const LoginPage = lazy(async () => ({ default: (await import('./pages/login/LoginPage.tsx')).LoginPage }))
const AcceptPage = lazy(async () => ({ default: (await import('./pages/login/AcceptPage.tsx')).AcceptPage }))
const ProjectsPage = lazy(async () => ({ default: (await import('./pages/projects/ProjectsPage.tsx')).ProjectsPage }))
const FeedbackPage = lazy(async () => ({ default: (await import('./pages/feedback/FeedbackPage.tsx')).FeedbackPage }))
const GroupingPage = lazy(async () => ({ default: (await import('./pages/grouping/GroupingPage.tsx')).GroupingPage }))
const SetupPage = lazy(async () => ({ default: (await import('./pages/setup/SetupPage.tsx')).SetupPage }))
const AccountPage = lazy(async () => ({ default: (await import('./pages/settings/AccountPage.tsx')).AccountPage }))
const MembersPage = lazy(async () => ({ default: (await import('./pages/settings/MembersPage.tsx')).MembersPage }))
const TokensPage = lazy(async () => ({ default: (await import('./pages/settings/TokensPage.tsx')).TokensPage }))
const ProjectSettingsPage = lazy(async () => ({ default: (await import('./pages/settings/ProjectSettingsPage.tsx')).ProjectSettingsPage }))
const LimitsPage = lazy(async () => ({ default: (await import('./pages/settings/LimitsPage.tsx')).LimitsPage }))
const AuditPage = lazy(async () => ({ default: (await import('./pages/settings/AuditPage.tsx')).AuditPage }))
const OutcomesPage = lazy(async () => ({ default: (await import('./pages/outcomes/OutcomesPage.tsx')).OutcomesPage }))
const MissingPage = lazy(async () => ({ default: (await import('./pages/projects/MissingPage.tsx')).MissingPage }))

export function App(): JSX.Element {
  return (
    <QueryClientProvider client={client}>
      <Router root={Shell}>
        <Route path="/" component={HomePage} />
        <Route path="/login" component={LoginPage} />
        <Route path="/accept-invite/:invitation/:secret" component={AcceptPage} />
        <Route path="/projects" component={ProjectsPage} />
        <Route path="/p/:project/issues" component={IssuesPage} />
        <Route path="/p/:project/feedback" component={FeedbackPage} />
        <Route path="/p/:project/grouping/:generation?" component={GroupingPage} />
        <Route path="/p/:project/outcomes" component={OutcomesPage} />
        <Route path="/p/:project/setup" component={SetupPage} />
        <Route path={['/issues/:shortId', '/issues/:shortId/events/:eventId']} component={IssuePage} />
        <Route path="/issues/:shortId/events" component={EventsPage} />
        <Route path="/issues/:shortId/tags" component={TagsPage} />
        <Route path="/issues/:shortId/tags/:key" component={TagPage} />
        <Route path="/issues/:shortId/events/:eventId/json" component={RawEventPage} />
        <Route path={['/settings', '/settings/account']} component={AccountPage} />
        <Route path="/settings/members" component={MembersPage} />
        <Route path="/settings/tokens" component={TokensPage} />
        <Route path="/settings/limits" component={LimitsPage} />
        <Route path="/settings/audit" component={AuditPage} />
        <Route path="/settings/projects/:project/:section?" component={ProjectSettingsPage} />
        <Route path="*" component={MissingPage} />
      </Router>
    </QueryClientProvider>
  )
}
