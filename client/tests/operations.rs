//! What the declarations have in common, and the names of operations that no document describes (`newer.tsv`).
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{Case, Declaration, Given, Name, cases, declared, newer, wire};
use declarest::Role;
use openai_admin::Admin;

const BASE: &str = "http://localhost:4010";

fn admin() -> Admin {
    Admin::builder("sk-admin-1").base_url(BASE).build().unwrap()
}

#[test]
fn a_call_sends_the_names_of_its_operation() {
    let admin = admin();
    let cases: BTreeMap<&str, Case> = cases::all().into_iter().map(|case| (case.key, case)).collect();
    for operation in newer() {
        let case = &cases[operation.key];
        let required = wire(&(case.make)(&admin, Given::Required).curl, BASE);
        let all = wire(&(case.make)(&admin, Given::All).curl, BASE);
        let names = |list: &[Name], required: bool| -> BTreeSet<String> {
            list.iter().filter(|name| name.required || !required).map(|name| name.text.to_owned()).collect()
        };
        assert_eq!(all.query, names(&operation.query, false), "the query of {}", case.key);
        assert_eq!(required.query, names(&operation.query, true), "the required query of {}", case.key);
        // Each cloud has members of its own.
        if case.key != "POST /organization/external_keys" {
            assert_eq!(all.body, names(&operation.body, false), "the body of {}", case.key);
            assert_eq!(required.body, names(&operation.body, true), "the required body of {}", case.key);
        }
    }
}

#[test]
fn a_case_calls_the_operation_of_its_name() {
    let admin = admin();
    for case in cases::all() {
        for given in [Given::Required, Given::All] {
            let sent = wire(&(case.make)(&admin, given).curl, BASE);
            assert_eq!(format!("{} {}", sent.method, sent.path), case.key.replace(['{', '}'], ""));
        }
    }
}

#[test]
fn every_cloud_has_its_members() {
    use openai_admin::{AwsKey, AzureKey, ExternalKeyPurpose, GcpKey, NewExternalKey, OciKey};
    let gcp = GcpKey::default().kms_key_version("1");
    let keys = [
        NewExternalKey::aws("n", AwsKey::new("a", "r", "e")).purpose(ExternalKeyPurpose::Ekm),
        NewExternalKey::gcp("n", gcp),
        NewExternalKey::azure("n", AzureKey::new("t", "v", "k").key_version("1")),
        NewExternalKey::oci("n", OciKey::new("r", "v", "k").key_version_ocid("1")),
    ];
    let mut sent = BTreeSet::new();
    let mut clouds = Vec::new();
    for key in keys {
        let members = serde_json::to_value(&key).unwrap();
        clouds.push(members["type"].as_str().unwrap().to_owned());
        sent.extend(members.as_object().unwrap().keys().cloned());
    }
    assert_eq!(clouds, ["aws", "gcp", "azure", "oci"]);
    let newer = newer();
    let create = newer.iter().find(|operation| operation.key == "POST /organization/external_keys").unwrap();
    assert_eq!(sent, create.body.iter().map(|name| name.text.to_owned()).collect());
}

#[test]
fn every_endpoint_is_documented_in_a_line_or_two() {
    for Declaration { key, endpoint, .. } in declared() {
        assert!(
            endpoint.docs.ends_with('.') && endpoint.docs.lines().count() <= 2,
            "{key}: {}",
            endpoint.docs
        );
    }
}

#[test]
fn only_what_the_vendor_calls_idempotent_is_repeated_after_it_may_have_taken_effect() {
    for Declaration { key, endpoint, .. } in declared() {
        let by_method = ["GET", "DELETE"].contains(&endpoint.method);
        let said = key.ends_with("/certificates/activate") || key.ends_with("/certificates/deactivate");
        assert_eq!(endpoint.idempotent, by_method || said, "{key}");
    }
}

#[test]
fn ids_stay_in_their_segment() {
    use openai_admin::prelude::*;
    let admin = admin();
    let curl = admin.project("a/b").users().get("../x?y#z").to_curl();
    assert!(curl.contains("/organization/projects/a%2Fb/users/..%2Fx%3Fy%23z'"), "{curl}");
}

#[test]
fn arguments_have_the_roles_of_an_api() {
    for Declaration { key, endpoint, .. } in declared() {
        for parameter in endpoint.parameters {
            let usual =
                [Role::Segment, Role::Query, Role::QueryFlatten, Role::Json].contains(&parameter.role);
            assert!(usual, "{key}: {parameter:?}");
        }
    }
}
