// Operations on saved views: private to each person, and kept per project.

import { z } from 'zod'
import { severalProjects } from '../narrow.ts'
import type { Operations } from '../operation.ts'
import { changedView, maxViews, newView, view, viewOrder } from '../view.ts'

const base = '/api/0/organizations/:org/group-search-views/'

export const viewOperations: Operations = {
  [`GET ${base}`]: { summary: 'List your saved views', description: 'By project, each in your order. Nobody else sees them.', query: z.object(severalProjects), answer: z.array(view) },
  [`POST ${base}`]: {
    summary: 'Save a view', body: newView, answer: view, status: 201,
    description: `It comes last. At most ${maxViews} of a project, each with a name of its own; a search that cannot be read is refused.`,
  },
  [`GET ${base}:view/`]: { summary: 'Show one of your saved views', answer: view },
  [`PUT ${base}:view/`]: { summary: 'Change one of your saved views', description: 'What is left out stays. A view stays in its project.', body: changedView, answer: view },
  [`DELETE ${base}:view/`]: { summary: 'Delete one of your saved views' },
  [`PUT ${base}starred/order/`]: { summary: 'Put your saved views in order', description: 'Names each of your views of one project once, from the left.', body: viewOrder },
}
