//! APIs of any number of endpoints: declared, and by hand on reqwest. Endpoint `n` is one of the four operations of
//! the workload, on a resource of its own.

use std::fmt::Write as _;

const TYPES: &str =
    "use crate::types::{AdminApiKey, AdminApiKeyList, Deleted, ListParams, NewAdminApiKey};\n";

/// How endpoint `n` is declared, written and called.
struct Endpoint {
    number: usize,
    verb: &'static str,
    path: String,
    /// The declared argument: its attribute, and its name and type.
    role: &'static str,
    argument: &'static str,
    /// What is added by hand to a request, and what is passed to it.
    added: &'static str,
    passed: &'static str,
    returns: &'static str,
}

fn endpoint(number: usize) -> Endpoint {
    let collection = format!("/organization/resource_{}/admin_api_keys", number / 4);
    let key = format!("{collection}/{{key_id}}");
    let [id, called] = ["key_id: &str", "\"key_abc\""];
    let (verb, path, role, argument, added, passed, returns) = match number % 4 {
        0 => {
            let passed = "&NewAdminApiKey { name: \"ci\".to_owned() }";
            ("post", collection, "#[json] ", "key: &NewAdminApiKey", ".json(key)", passed, "AdminApiKey")
        }
        1 => ("get", key, "", id, "", called, "AdminApiKey"),
        2 => {
            let passed = "&ListParams { after: \"key_abc\", order: \"asc\", limit: 20 }";
            let (role, argument) = ("#[query(flatten)] ", "params: &ListParams<'_>");
            ("get", collection, role, argument, ".query(params)", passed, "AdminApiKeyList")
        }
        _ => ("delete", key, "", id, "", called, "Deleted"),
    };
    Endpoint { number, verb, path, role, argument, added, passed, returns }
}

/// How many endpoints, in traits of how many.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// `m_0`, `m_1`, … over all traits.
    pub endpoints: usize,
    /// The traits are `Api0`, `Api1`, …
    pub per_trait: usize,
}

impl Size {
    fn traits(self) -> impl Iterator<Item = (usize, impl Iterator<Item = Endpoint>)> {
        let of = move |first: usize| first..self.endpoints.min(first.saturating_add(self.per_trait));
        (0..self.endpoints).step_by(self.per_trait).map(of).map(|range| range.map(endpoint)).enumerate()
    }
}

/// Traits with their endpoints.
#[must_use]
pub fn declared(size: Size) -> String {
    let mut text = format!("use declarest::{{Call, api}};\n{TYPES}");
    for (group, endpoints) in size.traits() {
        let _ = writeln!(text, "\n#[api]\npub trait Api{group} {{");
        for Endpoint { number, verb, path, role, argument, returns, .. } in endpoints {
            let _ = writeln!(
                text,
                "    #[{verb}(\"{path}\")]\n    fn m_{number}(&self, {role}{argument}) -> Call<{returns}>;"
            );
        }
        text.push_str("}\n");
    }
    text
}

/// The same with reqwest by hand.
#[must_use]
pub fn by_hand(size: Size) -> String {
    let mut text = TYPES.to_owned();
    for (group, endpoints) in size.traits() {
        let _ = writeln!(
            text,
            "\npub struct Api{group}Client {{\n    pub http: reqwest::Client,\n    pub base_url: String,\n    \
             pub token: String,\n}}\n\nimpl Api{group}Client {{"
        );
        for Endpoint { number, verb, path, argument, added, returns, .. } in endpoints {
            let _ = writeln!(
                text,
                "    pub async fn m_{number}(&self, {argument}) -> reqwest::Result<{returns}> {{\n        \
                 let url = format!(\"{{}}{path}\", self.base_url);\n        self.http.{verb}(url)\
                 .bearer_auth(&self.token){added}.send().await?.error_for_status()?.json().await\n    }}"
            );
        }
        text.push_str("}\n");
    }
    text
}

/// Who calls each endpoint once: without it, a release build would leave the written ones out.
#[must_use]
pub fn callers(size: Size) -> String {
    let mut text = "use crate::api::*;\nuse crate::types::{ListParams, NewAdminApiKey};\n\n\
        pub type Done<'a> = std::pin::Pin<Box<dyn Future<Output = bool> + Send + 'a>>;\n"
        .to_owned();
    for (group, endpoints) in size.traits() {
        for Endpoint { number, passed, .. } in endpoints {
            let _ = writeln!(
                text,
                "\npub fn call_{number}(client: &Api{group}Client) -> Done<'_> {{\n    \
                 Box::pin(async move {{ client.m_{number}({passed}).await.is_ok() }})\n}}"
            );
        }
    }
    text
}
