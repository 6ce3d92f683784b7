const ORGANIZATION = "id name status metadata";
const TEAM = "id alias status metadata modelGroups { name }";
const KEY = "id name prefix status expiresAt modelGroups { name }";

export const UPDATE_ORGANIZATION = `mutation ($input: UpdateOrganizationInput!) { updateOrganization(input: $input) { ${ORGANIZATION} } }`;
export const SUSPEND_ORGANIZATION = `mutation ($id: ID!) { suspendOrganization(id: $id) { ${ORGANIZATION} } }`;
export const RESUME_ORGANIZATION = `mutation ($id: ID!) { resumeOrganization(id: $id) { ${ORGANIZATION} } }`;
export const DELETE_ORGANIZATION = `mutation ($id: ID!) { deleteOrganization(id: $id) { ${ORGANIZATION} } }`;
export const UPDATE_TEAM_NAMES = `mutation ($input: UpdateTeamInput!) { updateTeam(input: $input) { ${TEAM} } }`;
export const DELETE_TEAM = `mutation ($id: ID!) { deleteTeam(id: $id) { ${TEAM} } }`;
export const READ_TEAM = `query ($id: ID!) { team(id: $id) { ${TEAM} virtualKeys { id status } } }`;
export const CHANGE_KEY = `mutation ($input: UpdateVirtualKeyInput!) { updateVirtualKey(input: $input) { ${KEY} } }`;
export const ROTATE = `mutation ($id: ID!, $graceSeconds: Int) {
  rotateVirtualKey(id: $id, graceSeconds: $graceSeconds) { virtualKey key { ${KEY} } } }`;
