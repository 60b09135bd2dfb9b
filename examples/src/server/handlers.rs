//! One function an operation: reads the request, asks the store, answers JSON.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use serde::Serialize;
use serde_json::Value;

use super::Shared;
use super::audit::AuditFilter;
use super::completions::{UsagePage, UsageQuery};
use super::costs::{CostPage, CostQuery};
use super::error::ApiResult;
use super::page::{ListPage, Window};
use super::params::Params;
use super::records::{AdminKey, AuditEvent, Deleted, Project, ProjectKey, ProjectUser, ServiceAccount, User};
use super::routes::Token;

type Server = State<Arc<Shared>>;
type Answer<T> = ApiResult<Json<T>>;
type List<T> = Answer<ListPage<T>>;

pub(super) async fn list_admin_keys(State(server): Server, params: Params) -> List<AdminKey> {
    server.store().list_admin_keys(&Window::from_params(&params)?).map(Json)
}

pub(super) async fn create_admin_key(
    State(server): Server,
    token: Token,
    body: Bytes,
) -> Answer<impl Serialize> {
    server.store().create_admin_key(&body, &token.0.0).map(Json)
}

pub(super) async fn get_admin_key(State(server): Server, Path(id): Path<String>) -> Answer<AdminKey> {
    server.store().get_admin_key(&id).map(Json)
}

pub(super) async fn delete_admin_key(State(server): Server, Path(id): Path<String>) -> Answer<Deleted> {
    server.store().delete_admin_key(&id).map(Json)
}

pub(super) async fn list_events(State(server): Server, params: Params) -> List<AuditEvent> {
    let filter = AuditFilter::from_params(&params)?;
    server.store().list_events(&Window::from_params(&params)?, &filter).map(Json)
}

pub(super) async fn costs(State(server): Server, params: Params) -> Answer<CostPage> {
    let store = server.store();
    Ok(Json(store.costs(&CostQuery::from_params(&params, store.now())?)))
}

pub(super) async fn list_users(State(server): Server, params: Params) -> List<User> {
    server.store().list_users(&Window::from_params(&params)?, &params.all("emails")).map(Json)
}

pub(super) async fn get_user(State(server): Server, Path(id): Path<String>) -> Answer<User> {
    server.store().get_user(&id).map(Json)
}

pub(super) async fn update_user(State(server): Server, Path(id): Path<String>, body: Bytes) -> Answer<User> {
    server.store().update_user(&id, &body).map(Json)
}

pub(super) async fn delete_user(State(server): Server, Path(id): Path<String>) -> Answer<Deleted> {
    server.store().delete_user(&id).map(Json)
}

pub(super) async fn list_projects(State(server): Server, params: Params) -> List<Project> {
    let archived = params.flag("include_archived")?;
    server.store().list_projects(&Window::from_params(&params)?, archived).map(Json)
}

pub(super) async fn get_project(State(server): Server, Path(id): Path<String>) -> Answer<Project> {
    server.store().get_project(&id).map(Json)
}

pub(super) async fn create_project(State(server): Server, body: Bytes) -> Answer<Project> {
    server.store().create_project(&body).map(Json)
}

pub(super) async fn update_project(
    State(server): Server,
    Path(id): Path<String>,
    body: Bytes,
) -> Answer<Project> {
    server.store().update_project(&id, &body).map(Json)
}

pub(super) async fn archive_project(State(server): Server, Path(id): Path<String>) -> Answer<Project> {
    server.store().archive_project(&id).map(Json)
}

pub(super) async fn completions(State(server): Server, params: Params) -> Answer<UsagePage> {
    let store = server.store();
    Ok(Json(store.completions(&UsageQuery::from_params(&params, store.now())?)))
}

pub(super) async fn list_project_users(
    State(server): Server,
    Path(project): Path<String>,
    params: Params,
) -> List<ProjectUser> {
    server.store().list_project_users(&project, &Window::from_params(&params)?).map(Json)
}

pub(super) async fn add_project_user(
    State(server): Server,
    Path(project): Path<String>,
    body: Bytes,
) -> Answer<ProjectUser> {
    server.store().add_project_user(&project, &body).map(Json)
}

pub(super) async fn get_project_user(
    State(server): Server,
    Path((project, id)): Path<(String, String)>,
) -> Answer<ProjectUser> {
    server.store().get_project_user(&project, &id).map(Json)
}

pub(super) async fn update_project_user(
    State(server): Server,
    Path((project, id)): Path<(String, String)>,
    body: Bytes,
) -> Answer<ProjectUser> {
    server.store().update_project_user(&project, &id, &body).map(Json)
}

pub(super) async fn delete_project_user(
    State(server): Server,
    Path((project, id)): Path<(String, String)>,
) -> Answer<Deleted> {
    server.store().delete_project_user(&project, &id).map(Json)
}

pub(super) async fn list_service_accounts(
    State(server): Server,
    Path(project): Path<String>,
    params: Params,
) -> List<ServiceAccount> {
    server.store().list_service_accounts(&project, &Window::from_params(&params)?).map(Json)
}

pub(super) async fn create_service_account(
    State(server): Server,
    Path(project): Path<String>,
    body: Bytes,
) -> Answer<Value> {
    server.store().create_service_account(&project, &body).map(Json)
}

pub(super) async fn get_service_account(
    State(server): Server,
    Path((project, id)): Path<(String, String)>,
) -> Answer<ServiceAccount> {
    server.store().get_service_account(&project, &id).map(Json)
}

pub(super) async fn delete_service_account(
    State(server): Server,
    Path((project, id)): Path<(String, String)>,
) -> Answer<Deleted> {
    server.store().delete_service_account(&project, &id).map(Json)
}

pub(super) async fn create_account_key(
    State(server): Server,
    Path((project, id)): Path<(String, String)>,
    body: Bytes,
) -> Answer<Value> {
    server.store().create_account_key(&project, &id, &body).map(Json)
}

pub(super) async fn list_project_keys(
    State(server): Server,
    Path(project): Path<String>,
    params: Params,
) -> List<ProjectKey> {
    let window = Window::from_params(&params)?;
    server.store().list_project_keys(&project, &window, params.get("owner_project_access")).map(Json)
}

pub(super) async fn get_project_key(
    State(server): Server,
    Path((project, id)): Path<(String, String)>,
) -> Answer<ProjectKey> {
    server.store().get_project_key(&project, &id).map(Json)
}

pub(super) async fn delete_project_key(
    State(server): Server,
    Path((project, id)): Path<(String, String)>,
) -> Answer<Deleted> {
    server.store().delete_project_key(&project, &id).map(Json)
}
