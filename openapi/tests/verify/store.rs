//! An API and its document, which agree.

use declarest::{ApiError, Call, Query, Scalar, api};
use declarest_openapi::Document;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Serialize, Deserialize)]
pub(crate) struct NewKey {
    pub(crate) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) days: Option<u32>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Key {
    pub(crate) id: String,
    pub(crate) owner: Option<Owner>,
    pub(crate) state: State,
    pub(crate) scopes: Vec<String>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Owner {
    pub(crate) name: String,
    #[serde(alias = "type")]
    pub(crate) kind: Option<OwnerKind>,
}

/// It takes any text.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum OwnerKind {
    Person,
    Team,
    #[serde(untagged)]
    Other(String),
}

#[derive(Deserialize)]
pub(crate) struct Problem {
    pub(crate) code: Option<String>,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code.as_deref().unwrap_or_default())
    }
}

#[derive(Serialize, Deserialize, Scalar)]
#[serde(rename_all = "lowercase")]
pub(crate) enum State {
    Active,
    Expired,
}

#[derive(Query)]
pub(crate) struct ListKeys<'a> {
    pub(crate) state: Option<State>,
    #[query(lists = "comma")]
    pub(crate) ids: &'a [&'a str],
    pub(crate) limit: Option<u32>,
}

#[api(auth = bearer)]
pub(crate) trait Keys {
    #[get("/keys")]
    fn list(&self, #[query(flatten)] params: &ListKeys<'_>) -> Call<Vec<Key>, ApiError<Problem>>;

    #[post("/keys", header("X-Version" = "2"))]
    fn create(&self, #[query] dry: Option<bool>, #[json] key: &NewKey) -> Call<Key>;

    #[get("/keys/{id}")]
    fn get(&self, id: &str, #[header("X-Trace")] trace: Option<&str>) -> Call<Key>;

    #[delete("/keys/{id}")]
    fn delete(&self, id: &str, #[query] reason: &str) -> Call<()>;

    #[post("/keys/{id}/notes")]
    fn note(&self, id: &str, #[field] text: &str, #[field] urgent: Option<bool>) -> Call<()>;
}

#[api]
pub(crate) trait Health {
    #[get("/health", auth = none)]
    fn health(&self) -> Call<()>;
}

#[api]
pub(crate) trait Root {
    #[get("/health", auth = none)]
    fn health(&self) -> Call<()>;

    #[nest("/v2")]
    fn keys(&self) -> KeysClient;
}

pub(crate) const DOCUMENT: &str = r##"
openapi: 3.1.0
security: [{token: []}]
paths:
  /health: {get: {security: [], responses: {204: {description: fine}}}}
  /v2/keys:
    get:
      parameters:
        - {in: query, name: state, schema: {$ref: '#/components/schemas/State'}}
        - {in: query, name: ids, explode: false, schema: {type: array, items: {type: string}}}
        - {in: query, name: limit, schema: {type: integer}}
      responses:
        200: {content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Key'}}}}}
        default: {content: {application/json: {schema: {$ref: '#/components/schemas/Error'}}}}
    post:
      parameters:
        - {in: query, name: dry, schema: {type: boolean}}
        - {in: header, name: X-Version, required: true, schema: {type: string}}
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewKey'}}}}
      responses: {201: {content: {application/json: {schema: {$ref: '#/components/schemas/Key'}}}}}
  /v2/keys/{key_id}:
    parameters:
      - {in: path, name: key_id, required: true, schema: {type: string}}
    get:
      parameters:
        - {in: header, name: x-trace, schema: {type: string}}
      responses: {200: {content: {application/json: {schema: {$ref: '#/components/schemas/Key'}}}}}
    delete:
      parameters:
        - {in: query, name: reason, required: true, schema: {type: string}}
      responses: {200: {content: {application/json: {schema: {type: object}}}}}
  /v2/keys/{key_id}/notes:
    post:
      parameters:
        - {in: path, name: key_id, required: true, schema: {type: string}}
      requestBody:
        required: true
        content:
          application/json:
            schema: {type: object, required: [text], properties: {text: {type: string}, urgent: {type: boolean}}}
      responses: {204: {description: fine}}
components:
  securitySchemes: {token: {type: http, scheme: bearer}, user: {type: http, scheme: basic}}
  schemas:
    NewKey: {type: object, required: [name], properties: {name: {type: string}, days: {type: integer}}}
    State: {type: string, enum: [active, expired]}
    Key:
      type: object
      required: [id, state, scopes]
      properties:
        id: {type: string}
        state: {$ref: '#/components/schemas/State'}
        scopes: {type: array, items: {type: string}}
        owner: {allOf: [{$ref: '#/components/schemas/Owner'}], nullable: true}
    Owner: {type: object, required: [name], properties: {name: {type: string}, kind: {$ref: '#/components/schemas/Kind'}}}
    Kind: {type: string, enum: [person, team]}
    Error: {type: object, properties: {code: {type: string}}}
"##;

pub(crate) fn document() -> Value {
    Document::parse(DOCUMENT).unwrap().root().clone()
}
