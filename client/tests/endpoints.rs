//! What an endpoint needs besides its declaration, in words: whoever adds one starts with the trait and its types, and
//! reads here what is left. What the vendor's document says of it is verified by tests/openapi.rs.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::collections::BTreeSet;

use common::{Declaration, cases, declared, newer};
use declarest::{Parameter, Role};

/// What is there besides the declarations.
struct Rest {
    newer: BTreeSet<String>,
    cases: BTreeSet<String>,
    reference: String,
    readme: String,
    prelude: String,
}

impl Rest {
    fn read() -> Self {
        let file = |name: &str| {
            std::fs::read_to_string(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap_or_default()
        };
        let lib = file("src/lib.rs");
        Self {
            newer: newer().into_iter().map(|operation| operation.key.to_owned()).collect(),
            cases: cases::all().iter().map(|case| case.key.to_owned()).collect(),
            reference: file("REFERENCE.md"),
            readme: file("README.md"),
            prelude: lib
                .split_once("pub mod prelude")
                .map(|(_, prelude)| prelude.to_owned())
                .unwrap_or_default(),
        }
    }
}

/// What is missing for these declarations, a sentence each.
fn missing(declared: &[Declaration], rest: &Rest) -> Vec<String> {
    let mut found = Vec::new();
    let mut keys = BTreeSet::new();
    for one in declared {
        let key = &one.key;
        if !keys.insert(key.clone()) {
            found.push(format!("{key} is declared twice: delete one of the two methods"));
        }
        if !rest.cases.contains(key) {
            found.push(format!(
                "{key} is declared, but no test calls it: add to tests/common/cases.rs\n{}",
                call(one)
            ));
        }
        if !rest.reference.contains(&format!("### {key}\n")) {
            let write = "UPDATE_REFERENCE=1 cargo test -p openai-admin --test reference";
            found.push(format!("{key} is declared, but not in REFERENCE.md: `{write}` writes it"));
        }
        let import = format!("{} as _", one.endpoint.api);
        if !rest.prelude.contains(&import) {
            found.push(format!(
                "{key} cannot be called with the prelude alone: add `{import}` to it in src/lib.rs"
            ));
        }
    }
    let all = format!("all {} operations", keys.len());
    if !rest.readme.contains(&all) {
        found.push(format!("README.md does not say `{all}`"));
    }
    let gone = rest.newer.iter().cloned().chain(rest.cases.iter().cloned()).filter(|key| !keys.contains(key));
    for key in gone.collect::<BTreeSet<_>>() {
        found.push(format!(
            "{key} is not declared any more: delete it from tests/newer.tsv and tests/common/cases.rs"
        ));
    }
    found
}

/// A case that calls an endpoint.
fn call(one: &Declaration) -> String {
    let arguments = |list: &[Parameter]| {
        let argument = |parameter: &Parameter| match parameter.role {
            Role::Segment => format!("\"{}\"", parameter.wire),
            _ => format!("&{}::…", parameter.ty.trim_start_matches('&')),
        };
        list.iter().map(argument).collect::<Vec<_>>().join(", ")
    };
    let nests = one.nests.iter().map(|nest| format!(".{}({})", nest.name, arguments(nest.parameters)));
    let nests: String = nests.collect();
    let (method, parameters) = (one.endpoint.name, arguments(one.endpoint.parameters));
    format!("    case(\"{}\", |a, g| a{nests}.{method}({parameters})),", one.key)
}

#[test]
fn nothing_is_missing() {
    let missing = missing(&declared(), &Rest::read());
    assert!(missing.is_empty(), "{} to do:\n\n- {}\n", missing.len(), missing.join("\n\n- "));
}

mod made_up {
    //! Endpoint 144.
    #![allow(dead_code, unreachable_pub)]

    use declarest::api;
    use openai_admin::{Call, CursorPage, ListAdminApiKeys, NewRole, Pages, Role};

    #[api]
    pub trait Widgets: Send + Sync {
        /// Lists widgets.
        #[get("/organization/widgets")]
        fn list(
            &self,
            #[query(flatten)] params: &ListAdminApiKeys,
        ) -> Pages<CursorPage<openai_admin::AdminApiKey>>;

        /// Creates a widget.
        #[post("/organization/widgets/{widget_id}")]
        fn create(&self, widget_id: &str, #[json] widget: &NewRole) -> Call<Role>;
    }
}

#[test]
fn a_made_up_endpoint_is_told_in_words() {
    let with = |endpoints: &[declarest::Endpoint]| -> Vec<Declaration> {
        let new = endpoints.iter().map(|endpoint| Declaration {
            key: format!("{} {}", endpoint.method, endpoint.template),
            endpoint: *endpoint,
            nests: Vec::new(),
        });
        declared().into_iter().chain(new).collect()
    };
    let told = missing(&with(made_up::WidgetsClient::ENDPOINTS), &Rest::read()).join("\n");
    for expected in [
        "GET /organization/widgets is declared, but no test calls it: add to tests/common/cases.rs\n    \
         case(\"GET /organization/widgets\", |a, g| a.list(&ListAdminApiKeys::…)),",
        "a.create(\"widget_id\", &NewRole::…)",
        "GET /organization/widgets is declared, but not in REFERENCE.md: `UPDATE_REFERENCE=1 cargo test",
        "add `Widgets as _` to it in src/lib.rs",
        "README.md does not say `all 145 operations`",
    ] {
        assert!(told.contains(expected), "{expected}\n\nis not in\n\n{told}");
    }

    let twice = missing(&with(&[declared()[0].endpoint]), &Rest::read());
    assert!(twice.iter().any(|line| line.contains("is declared twice")), "{twice:?}");
}

#[test]
fn an_endpoint_that_is_gone_is_told_in_words() {
    let left: Vec<Declaration> = declared().into_iter().skip(1).collect();
    let told = missing(&left, &Rest::read()).join("\n");
    assert!(told.contains("is not declared any more: delete it from tests/newer.tsv"), "{told}");
}
