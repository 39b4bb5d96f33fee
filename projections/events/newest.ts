// The newest events of one project, for SQL: however many others have sent since.

/**
 * Of project $1, newest first. Written as a range, because only the primary key has that order: with an equality the planner may walk the index
 * of all positions instead, through everything that is newer and another project's.
 */
export const newestOfProject = 'event where project_id between $1 and $1 order by project_id desc, position desc'
