//! A stand-in for a GraphQL server: it knows three queries and one repository.

use std::io;

use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::fake::Fake;

/// The server.
#[derive(Debug)]
pub struct Graph {
    /// It.
    pub api: Fake,
}

impl Graph {
    /// Starts it.
    ///
    /// # Errors
    /// When no port can be bound.
    pub async fn start() -> io::Result<Self> {
        Ok(Self { api: Fake::start(Router::new().route("/graphql", post(answer))).await? })
    }
}

async fn answer(Json(request): Json<Value>) -> Json<Value> {
    let query = request.get("query").and_then(Value::as_str).unwrap_or_default();
    let variable = |name: &str| request.pointer(&format!("/variables/{name}")).and_then(Value::as_str);
    Json(if query.contains("viewer") {
        json!({ "data": { "viewer": { "login": "octocat" } } })
    } else if query.starts_with("mutation") {
        json!({ "data": { "addStar": { "starrable": { "stargazerCount": 13_001 } } } })
    } else if variable("name") == Some("Spoon-Knife") {
        let repository =
            json!({ "id": "R_1", "nameWithOwner": "octocat/Spoon-Knife", "stargazerCount": 13_000 });
        json!({ "data": { "repository": repository } })
    } else {
        let message =
            format!("Could not resolve to a Repository with the name '{}'.", variable("name").unwrap_or("?"));
        let error = json!({ "type": "NOT_FOUND", "path": ["repository"], "message": message });
        json!({ "data": { "repository": null }, "errors": [error] })
    })
}
