//! Resources that are JSON records: one engine for all of them, and a table of what each takes and returns.

mod kind;
mod links;
mod settings;

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::routing::{MethodRouter, get};
use axum::{Json, Router};
use http::Uri;
use serde_json::{Map, Value, json};

use self::kind::{Deletion, KINDS, Kind, Paging};
use super::Shared;
use super::error::{ApiError, ApiResult};
use super::page::{ListPage, Window};
use super::params::Params;
use super::records::{Item, member, set};
use super::store::{Store, find, remove};

type Server = State<Arc<Shared>>;
/// The values of a path's placeholders, in its order.
type Ids = Path<Vec<(String, String)>>;

/// The routes of all records, of what links them, and of settings.
pub(super) fn router() -> Router<Arc<Shared>> {
    let records = KINDS.iter().fold(Router::new(), |router, kind| {
        let (one, all) = (format!("/v1{}/{{id}}", kind.path), format!("/v1{}", kind.path));
        router.route(&all, collection(kind)).route(&one, record(kind))
    });
    records.merge(links::router()).merge(settings::router())
}

fn collection(kind: &'static Kind) -> MethodRouter<Arc<Shared>> {
    let list = async move |State(server): Server, uri: Uri, params: Params| {
        server.store().list_records(kind.paging, collection_path(&uri), &params).map(Json)
    };
    let create = async move |State(server): Server, uri: Uri, body: Bytes| {
        server.store().create_record(kind, collection_path(&uri), &body).map(Json)
    };
    get(list).post(create)
}

fn record(kind: &'static Kind) -> MethodRouter<Arc<Shared>> {
    let read = async move |State(server): Server, uri: Uri, Path(ids): Ids| {
        let (path, id) = record_path(&uri, ids);
        server.store().record(kind.what, &path, &id).map(Json)
    };
    let update = async move |State(server): Server, uri: Uri, Path(ids): Ids, body: Bytes| {
        let (path, id) = record_path(&uri, ids);
        server.store().update_record(kind, &path, &id, &body).map(Json)
    };
    let delete = async move |State(server): Server, uri: Uri, Path(ids): Ids| {
        let (path, id) = record_path(&uri, ids);
        server.store().delete_record(kind, &path, &id).map(Json)
    };
    get(read).post(update).delete(delete)
}

/// The path of a collection below `/v1`, which is its name in the store.
fn collection_path(uri: &Uri) -> &str {
    uri.path().strip_prefix("/v1").unwrap_or(uri.path())
}

/// The path of the collection that a record is in, and its id, decoded.
fn record_path(uri: &Uri, mut ids: Vec<(String, String)>) -> (String, String) {
    let path = collection_path(uri).rsplit_once('/').map_or("", |(path, _)| path);
    (path.to_owned(), ids.pop().map(|(_, id)| id).unwrap_or_default())
}

impl Store {
    /// The records of a collection, oldest first, by its path below `/v1`: `/organization/invites`.
    #[must_use]
    pub fn records(&self, path: &str) -> Vec<Value> {
        self.items(path).iter().map(|item| item.value.clone()).collect()
    }

    fn items(&self, path: &str) -> &[Item] {
        self.resources.get(path).map_or(&[], Vec::as_slice)
    }

    fn add_item(&mut self, path: &str, item: Item) {
        self.resources.entry(path.to_owned()).or_default().push(item);
    }

    fn list_records(&self, paging: Paging, path: &str, params: &Params) -> ApiResult<Value> {
        self.check_scope(path)?;
        let most = if paging == Paging::Next { 1000 } else { 100 };
        let page = ListPage::cut(self.items(path).iter().cloned(), &Window::up_to(params, most)?)?;
        let mut page = json!(page);
        if paging == Paging::Next {
            let more = member(&page, "has_more") == true;
            let next = if more { member(&page, "last_id") } else { Value::Null };
            set(&mut page, "next", next);
        }
        Ok(page)
    }

    fn record(&self, what: &str, path: &str, id: &str) -> ApiResult<Value> {
        self.check_scope(path)?;
        find(self.items(path), what, id).map(|item| item.value)
    }

    fn create_record(&mut self, kind: &Kind, path: &str, body: &[u8]) -> ApiResult<Value> {
        self.check_scope(path)?;
        let sent = checked(kind, body, true)?;
        let now = self.tick();
        let mut value = (kind.fresh)();
        set(&mut value, kind.id, self.next_id(kind.prefix));
        set(&mut value, "object", kind.object);
        for name in ["created_at", "updated_at"] {
            set(&mut value, name, now);
        }
        if let Some(provider) =
            path.strip_suffix("/federation_rules").and_then(|path| path.rsplit('/').next())
        {
            set(&mut value, "workload_identity_provider_id", provider);
        }
        merge(&mut value, sent);
        self.add_item(path, Item::new(value.clone(), kind.id));
        Ok(value)
    }

    fn update_record(&mut self, kind: &Kind, path: &str, id: &str, body: &[u8]) -> ApiResult<Value> {
        self.check_scope(path)?;
        let sent = checked(kind, body, false)?;
        let now = self.tick();
        let items = self.resources.entry(path.to_owned()).or_default();
        let item =
            items.iter_mut().find(|item| item.id == id).ok_or_else(|| ApiError::not_found(kind.what, id))?;
        set(&mut item.value, "updated_at", now);
        merge(&mut item.value, sent);
        Ok(item.value.clone())
    }

    fn delete_record(&mut self, kind: &Kind, path: &str, id: &str) -> ApiResult<Value> {
        self.check_scope(path)?;
        let item = remove(self.resources.entry(path.to_owned()).or_default(), kind.what, id)?;
        let object = format!("{}.deleted", kind.object);
        Ok(match kind.deletion {
            Deletion::Record => item.value,
            Deletion::Id => json!({ "object": object, "id": id }),
            Deletion::Deleted => json!({ "object": object, "id": id, "deleted": true }),
        })
    }

    /// Checks that what a path lies in is there: a project, a group, a user, an identity provider.
    fn check_scope(&self, path: &str) -> ApiResult<()> {
        let segments: Vec<&str> = path.split('/').collect();
        for pair in segments.windows(2) {
            match pair {
                ["projects", id] => drop(self.get_project(id)?),
                ["groups", id] => drop(find(self.items("/organization/groups"), "group", id)?),
                ["users", id] => drop(self.get_user(id)?),
                ["workload_identity_providers", id] => {
                    let path = "/organization/workload_identity_providers";
                    drop(find(self.items(path), "workload identity provider", id)?);
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// Reads a body and checks its members; `all` asks for the required ones.
fn checked(kind: &Kind, body: &[u8], all: bool) -> ApiResult<Map<String, Value>> {
    let sent: Value =
        serde_json::from_slice(body).map_err(|error| ApiError::malformed_body(&error.to_string()))?;
    let Value::Object(sent) = sent else { return Err(ApiError::malformed_body("expected an object")) };
    if let Some(name) = sent.keys().find(|name| kind.body.iter().all(|field| field.name != name.as_str())) {
        return Err(ApiError::invalid(name, "unknown_parameter", format!("Unknown parameter: '{name}'.")));
    }
    for field in kind.body {
        let name = field.name;
        match sent.get(name).filter(|value| !value.is_null()) {
            Some(value) if !field.of.fits(value) => {
                let message = format!("Invalid type for '{name}': expected {}.", field.of.article());
                return Err(ApiError::invalid(name, "invalid_type", message));
            }
            None if all && field.required => {
                let message = format!("Missing required parameter: '{name}'.");
                return Err(ApiError::invalid(name, "missing_required_parameter", message));
            }
            _ => {}
        }
    }
    Ok(sent)
}

/// Takes what was sent into a record. A role's name has another name in the record, as in the API.
fn merge(value: &mut Value, sent: Map<String, Value>) {
    for (name, member) in sent {
        let name = if name == "role_name" { "name" } else { name.as_str() };
        set(value, name, member);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::START;

    fn kind(path: &str) -> &'static Kind {
        KINDS.iter().find(|kind| kind.path == path).unwrap()
    }

    #[test]
    fn a_record_is_created_changed_listed_and_deleted() {
        let mut store = Store::seeded(START);
        let (kind, path) = (kind("/organization/roles"), "/organization/roles");
        let body = br#"{"role_name":"Reader","permissions":["api.groups.read"]}"#;
        let role = store.create_record(kind, path, body).unwrap();
        assert_eq!((&role["name"], &role["predefined_role"]), (&json!("Reader"), &json!(false)));
        let id = role["id"].as_str().unwrap();
        let changed = store.update_record(kind, path, id, br#"{"description":"d"}"#).unwrap();
        assert_eq!((&changed["description"], &changed["name"]), (&json!("d"), &json!("Reader")));
        assert_eq!(store.record("role", path, id).unwrap(), changed);
        assert_eq!(store.delete_record(kind, path, id).unwrap()["deleted"], true);
        assert_eq!(store.record("role", path, id).unwrap_err().status, 404);
    }

    #[test]
    fn unfit_bodies_name_the_parameter() {
        let mut store = Store::seeded(START);
        let path = "/organization/invites";
        for (body, param, code) in [
            (r#"{"role":"reader"}"#, "email", "missing_required_parameter"),
            (r#"{"email":null,"role":"reader"}"#, "email", "missing_required_parameter"),
            (r#"{"email":1,"role":"reader"}"#, "email", "invalid_type"),
            (r#"{"email":"a","role":"reader","color":1}"#, "color", "unknown_parameter"),
        ] {
            let error = store.create_record(kind(path), path, body.as_bytes()).unwrap_err();
            assert_eq!((error.param.as_deref(), error.code), (Some(param), Some(code)), "{body}");
        }
    }

    #[test]
    fn a_project_that_is_not_there_has_no_records() {
        let store = Store::seeded(START);
        let path = "/organization/projects/proj_none/spend_alerts";
        let error = store.list_records(Paging::Ids, path, &Params::default()).unwrap_err();
        assert_eq!(error.status, 404);
    }

    #[test]
    fn every_list_with_next_ends_without_it() {
        let store = Store::seeded(START);
        let first = Params::parse(Some("limit=1")).unwrap();
        let page = store.list_records(Paging::Next, "/organization/groups", &first).unwrap();
        assert!(page["has_more"] == true && page["next"].is_string(), "{page}");
        let all = store.list_records(Paging::Next, "/organization/groups", &Params::default()).unwrap();
        assert!(all["has_more"] == false && all["next"].is_null(), "{all}");
    }
}
