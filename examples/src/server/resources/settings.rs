//! Settings of the organization and of projects: there is one of each, which is read, set, and in part deleted.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::routing::{MethodRouter, get};
use axum::{Json, Router};
use http::Uri;
use serde_json::{Value, json};

use super::super::Shared;
use super::super::error::{ApiError, ApiResult};
use super::super::records::{Item, set};
use super::super::store::Store;
use super::{Server, collection_path};

/// A setting.
struct Setting {
    /// Its path, below `/v1`.
    path: &'static str,
    what: &'static str,
    /// The members that can be set.
    members: &'static [&'static str],
    /// What it is before it was set; `None` if there is none then.
    initial: fn() -> Option<Value>,
    /// `object` of a deletion; `None` if it cannot be deleted.
    deleted: Option<&'static str>,
}

const LIMIT: &[&str] = &["threshold_amount", "currency", "interval"];

const SETTINGS: [Setting; 7] = [
    Setting {
        path: "/organization/spend_limit",
        what: "spend limit",
        members: LIMIT,
        initial: || None,
        deleted: Some("organization.spend_limit.deleted"),
    },
    Setting {
        path: "/organization/projects/{project_id}/spend_limit",
        what: "spend limit",
        members: LIMIT,
        initial: || None,
        deleted: Some("project.spend_limit.deleted"),
    },
    Setting {
        path: "/organization/data_retention",
        what: "data retention",
        members: &["retention_type"],
        initial: || {
            Some(json!({ "object": "organization.data_retention", "type": "modified_abuse_monitoring" }))
        },
        deleted: None,
    },
    Setting {
        path: "/organization/projects/{project_id}/data_retention",
        what: "data retention",
        members: &["retention_type"],
        initial: || Some(json!({ "object": "project.data_retention", "type": "organization_default" })),
        deleted: None,
    },
    Setting {
        path: "/organization/projects/{project_id}/model_permissions",
        what: "model permissions",
        members: &["mode", "model_ids"],
        initial: || {
            Some(json!({ "object": "project.model_permissions", "mode": "deny_list", "model_ids": [] }))
        },
        deleted: Some("project.model_permissions.deleted"),
    },
    Setting {
        path: "/organization/projects/{project_id}/hosted_tool_permissions",
        what: "hosted tool permissions",
        members: &["code_interpreter", "file_search", "image_generation", "mcp", "web_search"],
        initial: || {
            let on = json!({ "enabled": true });
            Some(
                json!({ "code_interpreter": on, "file_search": on, "image_generation": on, "mcp": on, "web_search": on }),
            )
        },
        deleted: None,
    },
    Setting {
        path: "/organization/projects/{project_id}/service_tier_settings",
        what: "service tier settings",
        members: &["default", "enabled_tiers"],
        initial: || {
            Some(
                json!({ "object": "project.service_tier_settings", "default": "standard", "enabled_tiers": [] }),
            )
        },
        deleted: None,
    },
];

/// The routes of all settings.
pub(super) fn router() -> Router<Arc<Shared>> {
    SETTINGS
        .iter()
        .fold(Router::new(), |router, setting| router.route(&format!("/v1{}", setting.path), routes(setting)))
}

fn routes(setting: &'static Setting) -> MethodRouter<Arc<Shared>> {
    let read = async move |State(server): Server, uri: Uri| {
        server.store().setting(setting, collection_path(&uri)).map(Json)
    };
    let set = async move |State(server): Server, uri: Uri, body: Bytes| {
        server.store().set_setting(setting, collection_path(&uri), &body).map(Json)
    };
    let delete = async move |State(server): Server, uri: Uri| {
        server.store().delete_setting(setting, collection_path(&uri)).map(Json)
    };
    let both = get(read).post(set);
    if setting.deleted.is_some() { both.delete(delete) } else { both }
}

impl Store {
    fn setting(&self, setting: &Setting, path: &str) -> ApiResult<Value> {
        self.check_scope(path)?;
        let set = self.items(path).first().map(|item| item.value.clone());
        set.or_else(setting.initial).ok_or_else(|| ApiError::not_found(setting.what, path))
    }

    fn set_setting(&mut self, setting: &Setting, path: &str, body: &[u8]) -> ApiResult<Value> {
        self.check_scope(path)?;
        let sent: Value =
            serde_json::from_slice(body).map_err(|error| ApiError::malformed_body(&error.to_string()))?;
        let Value::Object(sent) = sent else { return Err(ApiError::malformed_body("expected an object")) };
        if let Some(name) = sent.keys().find(|name| !setting.members.contains(&name.as_str())) {
            return Err(ApiError::invalid(
                name,
                "unknown_parameter",
                format!("Unknown parameter: '{name}'."),
            ));
        }
        let limit = || {
            let whose = if path.contains("/projects/") { "project" } else { "organization" };
            json!({ "object": format!("{whose}.spend_limit"), "enforcement": { "status": "inactive" } })
        };
        let mut value = self.setting(setting, path).unwrap_or_else(|_| limit());
        for (name, member) in sent.into_iter().filter(|(_, member)| !member.is_null()) {
            let name = if name == "retention_type" { "type" } else { name.as_str() };
            set(&mut value, name, member);
        }
        self.resources.remove(path);
        self.add_item(path, Item::new(value.clone(), "object"));
        Ok(value)
    }

    fn delete_setting(&mut self, setting: &Setting, path: &str) -> ApiResult<Value> {
        self.setting(setting, path)?;
        self.resources.remove(path);
        Ok(json!({ "object": setting.deleted, "deleted": true }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::START;

    fn setting(path: &str) -> &'static Setting {
        SETTINGS.iter().find(|setting| setting.path == path).unwrap()
    }

    #[test]
    fn a_limit_is_there_once_it_is_set() {
        let mut store = Store::seeded(START);
        let (setting, path) = (setting("/organization/spend_limit"), "/organization/spend_limit");
        assert_eq!(store.setting(setting, path).unwrap_err().status, 404);
        let body = br#"{"threshold_amount":10000,"currency":"USD","interval":"month"}"#;
        let set = store.set_setting(setting, path, body).unwrap();
        assert_eq!(
            (&set["object"], &set["threshold_amount"]),
            (&json!("organization.spend_limit"), &json!(10000))
        );
        assert_eq!(store.setting(setting, path).unwrap(), set);
        assert_eq!(store.delete_setting(setting, path).unwrap()["deleted"], true);
        assert_eq!(store.delete_setting(setting, path).unwrap_err().status, 404);
    }

    #[test]
    fn what_is_left_out_of_a_change_stays() {
        let mut store = Store::seeded(START);
        let setting = setting("/organization/projects/{project_id}/hosted_tool_permissions");
        let path = "/organization/projects/proj_search/hosted_tool_permissions";
        let body = br#"{"web_search":{"enabled":false},"mcp":null}"#;
        let set = store.set_setting(setting, path, body).unwrap();
        assert_eq!((&set["web_search"]["enabled"], &set["mcp"]["enabled"]), (&json!(false), &json!(true)));
    }
}
