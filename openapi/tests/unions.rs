//! Import: unions that a member tells apart for some of their variants, errors that differ, and setters.

#![allow(clippy::unwrap_used, clippy::panic)] // Tests.

use declarest_openapi::{Document, Import};

/// All files of an import, in one text.
fn imported(paths: &str, schemas: &str) -> String {
    let document = format!(
        "openapi: 3.1.0\ninfo: {{title: Tests}}\npaths:\n{paths}\ncomponents:\n  schemas:\n{schemas}\n"
    );
    let document = Document::parse(&document).unwrap();
    Import::new(&document).run().files.into_iter().map(|file| file.text).collect()
}

#[track_caller]
fn holds(text: &str, expected: &str) {
    assert!(text.contains(expected), "expected\n{expected}\n\nin\n{text}");
}

/// One operation that returns `Tool`, and one that sends a `Text` alone.
const TOOLS: &str = "
  /tools:
    get: {tags: [tools], operationId: list, responses: {200: {content: {application/json: {schema: {$ref: '#/components/schemas/Tool'}}}}}}";

const SCHEMAS: &str = "
    Tool:
      oneOf: [{$ref: '#/components/schemas/Text'}, {$ref: '#/components/schemas/Image'}, {$ref: '#/components/schemas/Funnel'}, {$ref: '#/components/schemas/Sales'}]
    Text: {required: [type, text], properties: {type: {const: text}, text: {type: string}}}
    Image: {required: [type, url], properties: {type: {const: image}, url: {type: string}}}
    Funnel: {required: [type, steps], properties: {type: {const: funnel}, steps: {type: integer}}}
    Sales: {required: [type, steps, sum], properties: {type: {const: funnel}, steps: {type: integer}, sum: {type: integer}}}";

#[test]
fn variants_that_share_a_tag_are_told_apart_by_their_members() {
    let text = imported(TOOLS, SCHEMAS);
    holds(
        &text,
        "#[serde(tag = \"type\", rename_all = \"lowercase\")]\npub enum Tool {\n    Text(Text),\n    Image(Image),\n    #[serde(untagged)]\n    Sales(Sales),\n    #[serde(untagged)]\n    Funnel(Funnel),\n",
    );
    holds(&text, "pub struct Text {\n    pub text: String,\n}\n");
    holds(
        &text,
        "pub struct Funnel {\n    /// Always `funnel`.\n    #[serde(rename = \"type\")]\n    pub kind: String,\n",
    );
}

#[test]
fn what_is_also_received_alone_keeps_its_tag() {
    let paths = format!(
        "{TOOLS}{}",
        TOOLS.replace("/tools", "/text").replace("list", "text").replace("Tool'", "Text'")
    );
    let text = imported(&paths, SCHEMAS);
    holds(&text, "    #[serde(rename = \"type\")]\n    pub kind: Option<String>,\n    pub text: String,\n");
    holds(&text, "    Text(Text),\n    Image(Image),\n");
}

#[test]
fn a_variant_that_is_its_tag_has_no_struct() {
    let schemas = "
    Tool:
      oneOf: [{$ref: '#/components/schemas/Text'}, {$ref: '#/components/schemas/Shell'}]
    Text: {required: [type, text], properties: {type: {const: text}, text: {type: string}}}
    Shell: {required: [type], properties: {type: {const: shell}}}";
    let text = imported(TOOLS, schemas);
    holds(&text, "pub enum Tool {\n    Text(Text),\n    Shell,\n");
    assert!(!text.contains("struct Shell"), "{text}");
}

#[test]
fn a_union_within_a_union_is_one_union() {
    let schemas = "
    Tool:
      oneOf: [{$ref: '#/components/schemas/Easy'}, {$ref: '#/components/schemas/Inner'}]
    Inner:
      anyOf: [{$ref: '#/components/schemas/Text'}, {$ref: '#/components/schemas/Image'}]
    Easy: {required: [text], properties: {text: {type: string}}}
    Text: {required: [type, text, id], properties: {type: {const: text}, text: {type: string}, id: {type: string}}}
    Image: {required: [type, url], properties: {type: {const: image}, url: {type: string}}}";
    let text = imported(TOOLS, schemas);
    holds(
        &text,
        "pub enum Tool {\n    Text(Text),\n    Image(Image),\n    #[serde(untagged)]\n    Easy(Easy),\n    /// A variant",
    );
}

#[test]
fn errors_that_differ_are_a_union() {
    let paths = "
  /a:
    get:
      tags: [a]
      responses:
        200: {description: ok}
        400: {content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}}
        401: {content: {application/json: {schema: {$ref: '#/components/schemas/Less'}}}}
        404: {content: {application/json: {schema: {}}}}
        422: {content: {application/json: {schema: {$ref: '#/components/schemas/Invalid'}}}}
        500: {content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Problem'}}}}}";
    let schemas = "
    Problem: {required: [message], properties: {message: {type: string}, code: {type: string}}}
    Less: {required: [message], properties: {message: {type: string}}}
    Invalid: {required: [errors], properties: {errors: {type: array, items: {properties: {detail: {type: string}}}}}}";
    let text = imported(paths, schemas);
    holds(&text, "pub type Error = declarest::ApiError<types::ErrorBody>;");
    holds(
        &text,
        "pub enum ErrorBody {\n    ProblemList(Vec<Problem>),\n    Problem(Problem),\n    Invalid(Invalid),\n    /// A variant that the document does not describe.\n    Other(serde_json::Value),\n}\n",
    );
    holds(
        &text,
        "            Self::Problem(body) => f.write_str(&body.message),\n            Self::Invalid(body) => {\n                let first = body.errors.first();\n                let message = first.and_then(|error| error.detail.as_deref());\n                f.write_str(message.unwrap_or(\"no message\"))\n            }\n            Self::Other(body) => write!(f, \"{body}\"),\n",
    );
    assert!(!text.contains("struct Less"), "what another one holds needs no variant: {text}");
}

#[test]
fn what_is_optional_has_setters() {
    let paths = "
  /keys:
    post:
      tags: [keys]
      operationId: createKey
      parameters:
        - {in: query, name: dry_run, schema: {type: boolean}}
        - {in: query, name: tags, schema: {type: array, items: {type: string}}}
        - {in: query, name: region, schema: {type: string}}
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewKey'}}}}
      responses: {200: {description: ok}}";
    let schemas = "
    NewKey: {required: [name], properties: {name: {type: string}, expires_in: {type: integer}, scopes: {type: array, items: {type: string}}}}";
    let text = imported(paths, schemas);
    holds(&text, "macro_rules! setters {");
    holds(&text, "setters!(CreateKeyParams: dry_run [bool], tags [texts], region [text]);\n");
    holds(&text, "setters!(NewKey(name [text]): expires_in [i64], scopes [texts]);\n");
}

#[test]
fn unusual_places_are_declared() {
    let paths = "
  /search:
    get:
      tags: [search]
      operationId: search
      parameters:
        - {in: cookie, name: session, schema: {type: string}}
        - {in: query, name: filters, schema: {type: array, items: {type: object, required: [scope], properties: {scope: {type: string}}}}}
        - {in: query, name: labels, schema: {type: object, additionalProperties: {type: string}}}
      requestBody: {content: {application/json: {schema: {type: object, properties: {q: {type: string}}}}}}
      responses: {200: {description: ok}}";
    let text = imported(paths, "    Unused: {}");
    holds(&text, "#[get(\"/search\", allow_body)]");
    holds(&text, "#[cookie(\"session\")] session: Option<&str>,");
    holds(
        &text,
        "    // Guess: objects in a list are written as JSON.\n    #[query(json)]\n    pub filters: Option<Vec<",
    );
    holds(&text, "#[derive(Debug, Clone, Serialize)]\npub struct ");
    holds(
        &text,
        "    // Guess: the keys stand in brackets behind the name.\n    #[query(nest)]\n    pub labels: Option<BTreeMap<String, String>>,",
    );
}

#[test]
fn pages_that_differ_in_their_items_are_one_type() {
    let list = |name: &str| {
        format!(
            "
  /{name}:
    get: {{tags: [things], operationId: list_{name}, parameters: [{{in: query, name: cursor, schema: {{type: string}}}}], responses: {{200: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}Page'}}}}}}}}}}}}"
        )
    };
    let page = |name: &str, required: &str| {
        format!(
            "
    {name}Page: {{required: [{required}], properties: {{items: {{type: array, items: {{$ref: '#/components/schemas/{name}'}}}}, next_cursor: {{type: string}}}}}}
    {name}: {{required: [{name}], properties: {{{name}: {{type: string}}}}}}"
        )
    };
    let paths = [list("apples"), list("pears")].concat();
    let text = imported(&paths, &[page("apples", "items, next_cursor"), page("pears", "items")].concat());
    holds(&text, "-> Pages<NextCursorPage<Apples>>;");
    holds(&text, "-> Pages<NextCursorPage<Pears>>;");
    holds(
        &text,
        "pub struct NextCursorPage<T> {\n    pub items: Vec<T>,\n    pub next_cursor: Option<String>,\n}\n\nimpl<T: serde::de::DeserializeOwned + Send + 'static> Page for NextCursorPage<T> {\n    type Item = T;\n",
    );
    assert!(!text.contains("ApplesPage"), "{text}");
}

#[test]
fn twins_that_take_something_else_are_overloads() {
    let twin = |path: &str, id: &str, body: &str| {
        format!(
            "
  /token{path}:
    post: {{tags: [auth], operationId: {id}, requestBody: {{required: true, content: {{application/json: {{schema: {{$ref: '#/components/schemas/{body}'}}}}}}}}, responses: {{204: {{description: ok}}}}}}"
        )
    };
    let paths = [
        twin("", "create_token", "Code"),
        twin("#refresh", "refresh_token", "Refresh"),
        twin("#again", "repeat_token", "Code"),
    ]
    .concat();
    let schemas = "
    Code: {required: [code], properties: {code: {type: string}}}
    Refresh: {required: [refresh_token], properties: {refresh_token: {type: string}}}";
    let text = imported(&paths, schemas);
    holds(&text, "    #[post(\"/token\")]\n    fn create_token(&self, #[json] body: &Code) -> Call<()>;\n");
    holds(
        &text,
        "    #[post(\"/token\")]\n    fn refresh_token(&self, #[json] body: &Refresh) -> Call<()>;\n",
    );
    assert!(!text.contains("repeat_token"), "{text}");
}
