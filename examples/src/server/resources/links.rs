//! What ties records together: members of groups, roles of users and groups, groups of projects, rate limits of
//! projects, active certificates, and checks of keys and storage.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::routing::{MethodRouter, get, post};
use axum::{Json, Router};
use http::Uri;
use serde_json::{Value, json};

use super::super::Shared;
use super::super::body::Body;
use super::super::error::{ApiError, ApiResult};
use super::super::params::Params;
use super::super::records::{Item, member, set};
use super::super::store::{Store, find, remove};
use super::{Ids, Paging, Server, collection_path, record_path};

/// What a rate limit limits.
const LIMITS: [&str; 6] = [
    "max_requests_per_1_minute",
    "max_tokens_per_1_minute",
    "max_images_per_1_minute",
    "max_audio_megabytes_per_1_minute",
    "max_requests_per_1_day",
    "batch_1_day_max_input_tokens",
];

/// The routes.
pub(super) fn router() -> Router<Arc<Shared>> {
    let project = "/v1/organization/projects/{project_id}";
    let group = "/v1/organization/groups/{group_id}";
    let mut router = Router::new()
        .route(&format!("{group}/users"), links(Store::join_group))
        .route(&format!("{group}/users/{{id}}"), link("group user", "group.user.deleted"))
        .route(&format!("{project}/groups"), links(Store::add_project_group))
        .route(&format!("{project}/groups/{{id}}"), link("project group", "project.group.deleted"))
        .route(&format!("{project}/rate_limits"), get(list_by_id))
        .route(&format!("{project}/rate_limits/{{id}}"), post(update_rate_limit))
        .route(&format!("{project}/certificates"), get(list_by_id))
        .route("/v1/organization/external_keys/{id}/validate", post(validate_key))
        .route("/v1/organization/external_storage/{id}/validate", post(validate_storage));
    for whose in ["/organization/users/{user_id}", "/organization/groups/{group_id}"]
        .into_iter()
        .chain(["/projects/{project_id}/users/{user_id}", "/projects/{project_id}/groups/{group_id}"])
    {
        router = router
            .route(&format!("/v1{whose}/roles"), links(Store::assign_role))
            .route(&format!("/v1{whose}/roles/{{id}}"), link("role assignment", "role.deleted"));
    }
    for whose in ["/v1/organization", project] {
        router = router
            .route(&format!("{whose}/certificates/activate"), post(activate))
            .route(&format!("{whose}/certificates/deactivate"), post(activate));
    }
    router
}

/// A list of links, and how one is made.
fn links(make: fn(&mut Store, &str, &[u8]) -> ApiResult<Value>) -> MethodRouter<Arc<Shared>> {
    let list = async |State(server): Server, uri: Uri, params: Params| {
        server.store().list_records(Paging::Next, collection_path(&uri), &params).map(Json)
    };
    let add = async move |State(server): Server, uri: Uri, body: Bytes| {
        make(&mut server.store(), collection_path(&uri), &body).map(Json)
    };
    get(list).post(add)
}

/// One link, which is read and taken away.
fn link(what: &'static str, deleted: &'static str) -> MethodRouter<Arc<Shared>> {
    let read = async move |State(server): Server, uri: Uri, Path(ids): Ids| {
        let (path, id) = record_path(&uri, ids);
        server.store().record(what, &path, &id).map(Json)
    };
    let take = async move |State(server): Server, uri: Uri, Path(ids): Ids| {
        let (path, id) = record_path(&uri, ids);
        let mut store = server.store();
        store.check_scope(&path)?;
        remove(store.resources.entry(path).or_default(), what, &id)?;
        ApiResult::Ok(Json(json!({ "object": deleted, "deleted": true })))
    };
    get(read).delete(take)
}

async fn list_by_id(State(server): Server, uri: Uri, params: Params) -> ApiResult<Json<Value>> {
    server.store().list_records(Paging::Ids, collection_path(&uri), &params).map(Json)
}

async fn update_rate_limit(
    State(server): Server,
    uri: Uri,
    Path(ids): Ids,
    body: Bytes,
) -> ApiResult<Json<Value>> {
    let (path, id) = record_path(&uri, ids);
    server.store().update_rate_limit(&path, &id, &body).map(Json)
}

/// Activates or deactivates certificates, as the path says.
async fn activate(State(server): Server, uri: Uri, body: Bytes) -> ApiResult<Json<Value>> {
    server.store().activate(collection_path(&uri), &body).map(Json)
}

async fn validate_key(State(server): Server, Path(id): Path<String>) -> ApiResult<Json<Value>> {
    find(server.store().items("/organization/external_keys"), "external key", &id)?;
    Ok(Json(json!({ "status": "validated" })))
}

async fn validate_storage(State(server): Server, Path(id): Path<String>) -> ApiResult<Json<Value>> {
    let mut store = server.store();
    let items = store.resources.entry("/organization/external_storage".to_owned()).or_default();
    let item = items.iter_mut().find(|item| item.id == id);
    let item = item.ok_or_else(|| ApiError::not_found("external storage", &id))?;
    set(&mut item.value, "status", "validated");
    Ok(Json(item.value.clone()))
}

/// The segment of a path behind this one.
fn segment<'a>(path: &'a str, name: &str) -> &'a str {
    let mut segments = path.split('/').skip_while(|segment| *segment != name);
    segments.nth(1).unwrap_or_default()
}

impl Store {
    fn join_group(&mut self, path: &str, body: &[u8]) -> ApiResult<Value> {
        self.check_scope(path)?;
        let user = self.get_user(&Body::parse(body, &["user_id"])?.text("user_id")?)?;
        let member = json!({ "id": user.id, "name": user.name, "email": user.email, "user_type": "user" });
        self.link(path, "user_id", Item::new(member, "id"))?;
        Ok(json!({ "object": "group.user", "user_id": user.id, "group_id": segment(path, "groups") }))
    }

    fn add_project_group(&mut self, path: &str, body: &[u8]) -> ApiResult<Value> {
        self.check_scope(path)?;
        let body = Body::parse(body, &["group_id", "role"])?;
        let group = self.record("group", "/organization/groups", &body.text("group_id")?)?;
        self.role_of(path, &body.text("role")?)?;
        let created_at = self.tick();
        let access = json!({
            "object": "project.group", "project_id": segment(path, "projects"), "group_id": member(&group, "id"),
            "group_name": member(&group, "name"), "group_type": member(&group, "group_type"), "created_at": created_at,
        });
        self.link(path, "group_id", Item::new(access.clone(), "group_id"))?;
        Ok(access)
    }

    fn assign_role(&mut self, path: &str, body: &[u8]) -> ApiResult<Value> {
        self.check_scope(path)?;
        let role = self.role_of(path, &Body::parse(body, &["role_id"])?.text("role_id")?)?;
        self.link(path, "role_id", Item::new(role.clone(), "id"))?;
        if path.contains("/users/") {
            let user = self.get_user(segment(path, "users"))?;
            return Ok(json!({ "object": "user.role", "user": user, "role": role }));
        }
        let group = self.record("group", "/organization/groups", segment(path, "groups"))?;
        Ok(json!({ "object": "group.role", "group": group, "role": role }))
    }

    /// A role that can be given at this path: of the project or of the organization.
    fn role_of(&self, path: &str, id: &str) -> ApiResult<Value> {
        let project = format!("/projects/{}/roles", segment(path, "projects"));
        let of_project = find(self.items(&project), "role", id);
        of_project.or_else(|_| find(self.items("/organization/roles"), "role", id)).map(|role| role.value)
    }

    /// Adds a link that is not there yet.
    fn link(&mut self, path: &str, param: &str, item: Item) -> ApiResult<()> {
        if self.items(path).iter().any(|one| one.id == item.id) {
            let message = format!("'{}' is there already.", item.id);
            return Err(ApiError::invalid(param, "already_exists", message));
        }
        self.tick();
        self.add_item(path, item);
        Ok(())
    }

    fn update_rate_limit(&mut self, path: &str, id: &str, body: &[u8]) -> ApiResult<Value> {
        self.check_scope(path)?;
        let body = Body::parse(body, &LIMITS)?;
        let items = self.resources.entry(path.to_owned()).or_default();
        let item = items.iter_mut().find(|item| item.id == id);
        let item = item.ok_or_else(|| ApiError::not_found("rate limit", id))?;
        let mut changed = item.value.clone();
        for name in LIMITS {
            if let Some(value) = body.positive(name, u64::from(u32::MAX))? {
                set(&mut changed, name, value);
            }
        }
        item.value = changed;
        Ok(item.value.clone())
    }

    fn activate(&mut self, path: &str, body: &[u8]) -> ApiResult<Value> {
        self.check_scope(path)?;
        let all = "/organization/certificates";
        let (list, verb) = path.rsplit_once('/').unwrap_or((all, "activate"));
        let active = verb == "activate";
        let mut chosen = Vec::new();
        for id in Body::parse(body, &["certificate_ids"])?.texts("certificate_ids")? {
            let mut certificate = find(self.items(all), "certificate", &id)?;
            set(&mut certificate.value, "active", active);
            chosen.push(certificate);
        }
        for certificate in &chosen {
            let items = self.resources.entry(list.to_owned()).or_default();
            let index = items.iter().position(|item| item.id == certificate.id);
            match index.and_then(|index| items.get_mut(index)) {
                Some(item) => *item = certificate.clone(),
                None => items.push(certificate.clone()),
            }
        }
        let whose = if list == all { "organization" } else { "organization.project" };
        let data: Vec<Value> = chosen.into_iter().map(|item| item.value).collect();
        Ok(
            json!({ "object": format!("{whose}.certificate.{}ion", verb.trim_end_matches('e')), "data": data }),
        )
    }

    /// Gives a project the rate limits that every project begins with.
    pub(in super::super) fn add_rate_limits(&mut self, project: &str) {
        let path = format!("/organization/projects/{project}/rate_limits");
        for (model, requests, tokens) in [
            ("gpt-5.1", 500, 200_000),
            ("gpt-5.1-mini", 2_000, 1_000_000),
            ("text-embedding-3-large", 5_000, 2_000_000),
        ] {
            let limit = json!({
                "object": "project.rate_limit", "id": format!("rl-{model}"), "model": model,
                "max_requests_per_1_minute": requests, "max_tokens_per_1_minute": tokens,
            });
            self.add_item(&path, Item::new(limit, "id"));
        }
    }

    /// Puts a group and a role into the organization, with these members.
    pub(in super::super) fn add_groups(
        &mut self,
        groups: &[(&str, &str, &[&str])],
        roles: &[(&str, &str, bool)],
    ) {
        let created_at = self.now();
        for (id, name, members) in groups {
            let group = json!({ "object": "group", "id": id, "name": name, "created_at": created_at,
                "is_scim_managed": false, "group_type": "group" });
            self.add_item("/organization/groups", Item::new(group, "id"));
            for member in self
                .users
                .iter()
                .filter(|user| members.contains(&user.id.as_str()))
                .cloned()
                .collect::<Vec<_>>()
            {
                let member = json!({ "id": member.id, "name": member.name, "email": member.email, "user_type": "user" });
                self.add_item(&format!("/organization/groups/{id}/users"), Item::new(member, "id"));
            }
        }
        for (id, name, predefined) in roles {
            let role = json!({ "object": "role", "id": id, "name": name, "permissions": ["api.groups.read"],
                "resource_type": "api.organization", "predefined_role": predefined });
            self.add_item("/organization/roles", Item::new(role, "id"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::START;

    #[test]
    fn a_role_is_assigned_once_and_taken_again() {
        let mut store = Store::seeded(START);
        let path = "/projects/proj_search/users/user-ada/roles";
        let made = store.assign_role(path, br#"{"role_id":"role_reader"}"#).unwrap();
        assert_eq!((&made["object"], &made["user"]["id"]), (&json!("user.role"), &json!("user-ada")));
        let again = store.assign_role(path, br#"{"role_id":"role_reader"}"#).unwrap_err();
        assert_eq!(again.param.as_deref(), Some("role_id"));
        let none = store.assign_role(path, br#"{"role_id":"role_none"}"#).unwrap_err();
        assert_eq!(none.status, 404);
    }

    #[test]
    fn a_rate_limit_takes_what_is_a_limit() {
        let mut store = Store::seeded(START);
        let path = "/organization/projects/proj_search/rate_limits";
        let set = store.update_rate_limit(path, "rl-gpt-5.1", br#"{"max_requests_per_1_minute":7}"#).unwrap();
        assert_eq!(
            (&set["max_requests_per_1_minute"], &set["max_tokens_per_1_minute"]),
            (&json!(7), &json!(200_000))
        );
        let error =
            store.update_rate_limit(path, "rl-gpt-5.1", br#"{"max_requests_per_1_minute":0}"#).unwrap_err();
        assert_eq!(error.param.as_deref(), Some("max_requests_per_1_minute"));
        assert_eq!(store.update_rate_limit(path, "rl-none", b"{}").unwrap_err().status, 404);
    }

    #[test]
    fn certificates_are_activated_where_the_path_says() {
        let mut store = Store::seeded(START);
        store.add_item("/organization/certificates", Item::new(json!({ "id": "c", "active": false }), "id"));
        let project = "/organization/projects/proj_search/certificates";
        let body = br#"{"certificate_ids":["c"]}"#;
        let made = store.activate(&format!("{project}/activate"), body).unwrap();
        assert_eq!(made["object"], "organization.project.certificate.activation");
        assert_eq!(
            (&store.records(project)[0]["active"], &store.records("/organization/certificates")[0]["active"]),
            (&json!(true), &json!(false))
        );
        let made = store.activate("/organization/certificates/deactivate", body).unwrap();
        assert_eq!(made["object"], "organization.certificate.deactivation");
        assert!(
            store.activate("/organization/certificates/activate", br#"{"certificate_ids":["x"]}"#).is_err()
        );
    }
}
