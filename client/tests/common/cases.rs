//! Every operation as a call.
#![allow(deprecated)] // what the API deprecates is sent all the same

use openai_admin::*;

use super::{Case, Given, case, with};

const T: Timestamp = Timestamp::from_unix(1_735_689_600);

pub fn all() -> Vec<Case> {
    [organization(), access(), provided(), project(), project_limits(), usage()]
        .into_iter()
        .flatten()
        .collect()
}

fn organization() -> Vec<Case> {
    vec![
        case("GET /organization/admin_api_keys", |a, g| {
            a.admin_api_keys()
                .list(&with(g, ListAdminApiKeys::default(), |p| p.after("x").order(Order::Asc).limit(2)))
        }),
        case("POST /organization/admin_api_keys", |a, g| {
            a.admin_api_keys().create(&with(g, NewAdminApiKey::new("n"), |k| k.expires_in_seconds(60)))
        }),
        case("GET /organization/admin_api_keys/{key_id}", |a, _| a.admin_api_keys().get("key_id")),
        case("DELETE /organization/admin_api_keys/{key_id}", |a, _| a.admin_api_keys().delete("key_id")),
        case("GET /organization/audit_logs", |a, g| {
            a.audit_logs().list(&with(g, ListAuditLogs::default(), full_logs))
        }),
        case("GET /organization/certificates", |a, g| a.certificates().list(&certificates(g))),
        case("POST /organization/certificates", |a, g| {
            a.certificates().create(&with(g, NewCertificate::new("PEM"), |c| c.name("n")))
        }),
        case("POST /organization/certificates/activate", |a, _| {
            a.certificates().activate(&CertificateIds::new(["c"]))
        }),
        case("POST /organization/certificates/deactivate", |a, _| {
            a.certificates().deactivate(&CertificateIds::new(["c", "d"]))
        }),
        case("GET /organization/certificates/{certificate_id}", |a, g| {
            let params = with(g, GetCertificate::default(), |p| p.include([CertificateInclude::Content]));
            a.certificates().get("certificate_id", &params)
        }),
        case("POST /organization/certificates/{certificate_id}", |a, g| {
            a.certificates().update("certificate_id", &with(g, UpdateCertificate::default(), |c| c.name("n")))
        }),
        case("DELETE /organization/certificates/{certificate_id}", |a, _| {
            a.certificates().delete("certificate_id")
        }),
        case("GET /organization/data_retention", |a, _| a.data_retention().get()),
        case("POST /organization/data_retention", |a, _| {
            a.data_retention().update(&UpdateDataRetention::new(RetentionType::ZeroDataRetention))
        }),
        case("GET /organization/invites", |a, g| {
            a.invites().list(&with(g, ListInvites::default(), |p| p.after("x").limit(2)))
        }),
        case("POST /organization/invites", |a, g| {
            let invite = NewInvite::new("ada@example.com", OrganizationRole::Reader);
            a.invites()
                .create(&with(g, invite, |i| i.projects([InviteProject::new("p", ProjectRole::Member)])))
        }),
        case("GET /organization/invites/{invite_id}", |a, _| a.invites().get("invite_id")),
        case("DELETE /organization/invites/{invite_id}", |a, _| a.invites().delete("invite_id")),
        case("GET /organization/spend_alerts", |a, g| a.spend_alerts().list(&alerts(g))),
        case("POST /organization/spend_alerts", |a, g| a.spend_alerts().create(&alert(g))),
        case("GET /organization/spend_alerts/{alert_id}", |a, _| a.spend_alerts().get("alert_id")),
        case("POST /organization/spend_alerts/{alert_id}", |a, g| {
            a.spend_alerts().update("alert_id", &alert(g))
        }),
        case("DELETE /organization/spend_alerts/{alert_id}", |a, _| a.spend_alerts().delete("alert_id")),
        case("GET /organization/spend_limit", |a, _| a.spend_limit().get()),
        case("POST /organization/spend_limit", |a, _| a.spend_limit().update(&NewSpendLimit::new(1))),
        case("DELETE /organization/spend_limit", |a, _| a.spend_limit().delete()),
    ]
}

fn access() -> Vec<Case> {
    vec![
        case("GET /organization/groups", |a, g| {
            a.groups().list(&with(g, ListGroups::default(), |p| p.after("x").limit(2).order(Order::Desc)))
        }),
        case("POST /organization/groups", |a, _| a.groups().create(&NewGroup::new("n"))),
        case("GET /organization/groups/{group_id}", |a, _| a.groups().get("group_id")),
        case("POST /organization/groups/{group_id}", |a, _| {
            a.groups().update("group_id", &UpdateGroup::new("n"))
        }),
        case("DELETE /organization/groups/{group_id}", |a, _| a.groups().delete("group_id")),
        case("GET /organization/groups/{group_id}/roles", |a, g| {
            a.group("group_id").roles().list(&assigned(g))
        }),
        case("POST /organization/groups/{group_id}/roles", |a, _| {
            a.group("group_id").roles().assign(&role())
        }),
        case("GET /organization/groups/{group_id}/roles/{role_id}", |a, _| {
            a.group("group_id").roles().get("role_id")
        }),
        case("DELETE /organization/groups/{group_id}/roles/{role_id}", |a, _| {
            a.group("group_id").roles().unassign("role_id")
        }),
        case("GET /organization/groups/{group_id}/users", |a, g| {
            let params = with(g, ListGroupUsers::default(), |p| p.after("x").limit(2).order(Order::Asc));
            a.group("group_id").users().list(&params)
        }),
        case("POST /organization/groups/{group_id}/users", |a, _| {
            a.group("group_id").users().add(&NewGroupUser::new("u"))
        }),
        case("GET /organization/groups/{group_id}/users/{user_id}", |a, _| {
            a.group("group_id").users().get("user_id")
        }),
        case("DELETE /organization/groups/{group_id}/users/{user_id}", |a, _| {
            a.group("group_id").users().remove("user_id")
        }),
        case("GET /organization/roles", |a, g| a.roles().list(&roles(g))),
        case("POST /organization/roles", |a, g| a.roles().create(&new_role(g))),
        case("GET /organization/roles/{role_id}", |a, _| a.roles().get("role_id")),
        case("POST /organization/roles/{role_id}", |a, g| a.roles().update("role_id", &changed_role(g))),
        case("DELETE /organization/roles/{role_id}", |a, _| a.roles().delete("role_id")),
        case("GET /organization/users", |a, g| {
            let params =
                with(g, ListUsers::default(), |p| p.after("x").limit(2).emails(["a@x.org", "b@x.org"]));
            a.users().list(&params)
        }),
        case("GET /organization/users/{user_id}", |a, _| a.users().get("user_id")),
        case("POST /organization/users/{user_id}", |a, g| {
            let change = with(g, UpdateUser::default(), |u| {
                u.role(OrganizationRole::Owner)
                    .role_id("r")
                    .technical_level(FieldUpdate::Clear)
                    .developer_persona("p")
            });
            a.users().update("user_id", &change)
        }),
        case("DELETE /organization/users/{user_id}", |a, _| a.users().delete("user_id")),
        case("GET /organization/users/{user_id}/roles", |a, g| a.user("user_id").roles().list(&assigned(g))),
        case("POST /organization/users/{user_id}/roles", |a, _| a.user("user_id").roles().assign(&role())),
        case("GET /organization/users/{user_id}/roles/{role_id}", |a, _| {
            a.user("user_id").roles().get("role_id")
        }),
        case("DELETE /organization/users/{user_id}/roles/{role_id}", |a, _| {
            a.user("user_id").roles().unassign("role_id")
        }),
        case("GET /projects/{project_id}/groups/{group_id}/roles", |a, g| {
            a.project("project_id").group_roles("group_id").list(&assigned(g))
        }),
        case("POST /projects/{project_id}/groups/{group_id}/roles", |a, _| {
            a.project("project_id").group_roles("group_id").assign(&role())
        }),
        case("GET /projects/{project_id}/groups/{group_id}/roles/{role_id}", |a, _| {
            a.project("project_id").group_roles("group_id").get("role_id")
        }),
        case("DELETE /projects/{project_id}/groups/{group_id}/roles/{role_id}", |a, _| {
            a.project("project_id").group_roles("group_id").unassign("role_id")
        }),
        case("GET /projects/{project_id}/roles", |a, g| a.project("project_id").roles().list(&roles(g))),
        case("POST /projects/{project_id}/roles", |a, g| {
            a.project("project_id").roles().create(&new_role(g))
        }),
        case("GET /projects/{project_id}/roles/{role_id}", |a, _| {
            a.project("project_id").roles().get("role_id")
        }),
        case("POST /projects/{project_id}/roles/{role_id}", |a, g| {
            a.project("project_id").roles().update("role_id", &changed_role(g))
        }),
        case("DELETE /projects/{project_id}/roles/{role_id}", |a, _| {
            a.project("project_id").roles().delete("role_id")
        }),
        case("GET /projects/{project_id}/users/{user_id}/roles", |a, g| {
            a.project("project_id").user_roles("user_id").list(&assigned(g))
        }),
        case("POST /projects/{project_id}/users/{user_id}/roles", |a, _| {
            a.project("project_id").user_roles("user_id").assign(&role())
        }),
        case("GET /projects/{project_id}/users/{user_id}/roles/{role_id}", |a, _| {
            a.project("project_id").user_roles("user_id").get("role_id")
        }),
        case("DELETE /projects/{project_id}/users/{user_id}/roles/{role_id}", |a, _| {
            a.project("project_id").user_roles("user_id").unassign("role_id")
        }),
    ]
}

fn provided() -> Vec<Case> {
    const P: &str = "workload_identity_provider_id";
    const R: &str = "workload_identity_federation_rule_id";
    vec![
        case("GET /organization/external_keys", |a, g| {
            let params = with(g, ListExternalKeys::default(), |p| {
                p.after("x").limit(2).order(Order::Asc).purpose(ExternalKeyPurpose::Ekm)
            });
            a.external_keys().list(&params)
        }),
        // The four clouds have names of their own; `every_cloud_has_its_members` sends each.
        case("POST /organization/external_keys", |a, g| {
            let key = NewExternalKey::aws("n", AwsKey::new("arn", "role", "external"));
            a.external_keys().create(&with(g, key, |k| k.purpose(ExternalKeyPurpose::PspDecryption)))
        }),
        case("GET /organization/external_keys/{external_key_id}", |a, _| {
            a.external_keys().get("external_key_id")
        }),
        case("DELETE /organization/external_keys/{external_key_id}", |a, _| {
            a.external_keys().delete("external_key_id")
        }),
        case("POST /organization/external_keys/{external_key_id}/validate", |a, _| {
            a.external_keys().validate("external_key_id")
        }),
        case("GET /organization/external_storage", |a, g| {
            let params = with(g, ListExternalStorage::default(), |p| {
                p.after("x").limit(2).order(Order::Asc).project_id("p")
            });
            a.external_storage().list(&params)
        }),
        case("POST /organization/external_storage", |a, _| {
            a.external_storage().create(&NewExternalStorage::new("p", NewStorageProvider::aws("b", "r")))
        }),
        case("GET /organization/external_storage/{external_storage_id}", |a, _| {
            a.external_storage().get("external_storage_id")
        }),
        case("DELETE /organization/external_storage/{external_storage_id}", |a, _| {
            a.external_storage().delete("external_storage_id")
        }),
        case("POST /organization/external_storage/{external_storage_id}/validate", |a, _| {
            a.external_storage().validate("external_storage_id")
        }),
        case("GET /organization/workload_identity_providers", |a, g| {
            let params = with(g, ListWorkloadIdentityProviders::default(), |p| {
                p.after("x").limit(2).order(Order::Asc)
            });
            a.workload_identity_providers().list(&params)
        }),
        case("POST /organization/workload_identity_providers", |a, g| {
            let provider = with(g, NewWorkloadIdentityProvider::new("n", "i", "a"), |p| {
                p.attribute_transformations([AttributeTransformation::new("a", "e")])
                    .description("d")
                    .enabled(true)
                    .verification(Verification::Discovery { discovery_url: None })
            });
            a.workload_identity_providers().create(&provider)
        }),
        case("GET /organization/workload_identity_providers/{workload_identity_provider_id}", |a, _| {
            a.workload_identity_providers().get(P)
        }),
        case("POST /organization/workload_identity_providers/{workload_identity_provider_id}", |a, g| {
            let change = with(g, UpdateWorkloadIdentityProvider::default(), |p| {
                p.attribute_transformations([])
                    .name("n")
                    .issuer("i")
                    .audience("a")
                    .description(FieldUpdate::Clear)
                    .enabled(false)
                    .verification(Verification::UploadedJwks { jwks: Default::default() })
            });
            a.workload_identity_providers().update(P, &change)
        }),
        case("DELETE /organization/workload_identity_providers/{workload_identity_provider_id}", |a, _| {
            a.workload_identity_providers().delete(P)
        }),
        case(
            "GET /organization/workload_identity_providers/{workload_identity_provider_id}/federation_rules",
            |a, g| {
                let params = with(g, ListFederationRules::default(), |p| {
                    p.after("x").limit(2).order(Order::Asc).service_account_id("s")
                });
                a.workload_identity_provider(P).federation_rules().list(&params)
            },
        ),
        case(
            "POST /organization/workload_identity_providers/{workload_identity_provider_id}/federation_rules",
            |a, g| {
                let rule = with(g, NewFederationRule::new("p", "s").matching("sub", "x"), |r| {
                    r.description("d")
                        .enabled(true)
                        .name("n")
                        .permissions(FederationPermissions::ServiceAccountDefault)
                });
                a.workload_identity_provider(P).federation_rules().create(&rule)
            },
        ),
        case(
            "GET /organization/workload_identity_providers/{workload_identity_provider_id}/federation_rules/{workload_identity_federation_rule_id}",
            |a, _| a.workload_identity_provider(P).federation_rules().get(R),
        ),
        case(
            "POST /organization/workload_identity_providers/{workload_identity_provider_id}/federation_rules/{workload_identity_federation_rule_id}",
            |a, g| {
                let change = with(g, UpdateFederationRule::default(), |r| {
                    let scopes = vec!["s".to_owned()];
                    r.attribute_matchers(Default::default())
                        .description(FieldUpdate::Clear)
                        .enabled(true)
                        .name("n")
                        .permissions(FederationPermissions::Restricted { scopes })
                });
                a.workload_identity_provider(P).federation_rules().update(R, &change)
            },
        ),
        case(
            "DELETE /organization/workload_identity_providers/{workload_identity_provider_id}/federation_rules/{workload_identity_federation_rule_id}",
            |a, _| a.workload_identity_provider(P).federation_rules().delete(R),
        ),
    ]
}

fn project() -> Vec<Case> {
    vec![
        case("GET /organization/projects", |a, g| {
            a.projects()
                .list(&with(g, ListProjects::default(), |p| p.after("x").limit(2).include_archived(true)))
        }),
        case("POST /organization/projects", |a, g| {
            let project = with(g, NewProject::new("n"), |p| {
                p.residency(ProjectResidency::Global).external_key_id("k").geography("EU")
            });
            a.projects().create(&project)
        }),
        case("GET /organization/projects/{project_id}", |a, _| a.projects().get("project_id")),
        case("POST /organization/projects/{project_id}", |a, g| {
            let change = with(g, UpdateProject::default(), |p| {
                p.name("n").external_key_id(FieldUpdate::Clear).geography("EU")
            });
            a.projects().update("project_id", &change)
        }),
        case("POST /organization/projects/{project_id}/archive", |a, _| a.projects().archive("project_id")),
        case("GET /organization/projects/{project_id}/api_keys", |a, g| {
            let params = with(g, ListProjectApiKeys::default(), |p| {
                p.after("x").limit(2).owner_project_access(OwnerAccess::Any)
            });
            one(a).api_keys().list(&params)
        }),
        case("GET /organization/projects/{project_id}/api_keys/{api_key_id}", |a, _| {
            one(a).api_keys().get("api_key_id")
        }),
        case("POST /organization/projects/{project_id}/api_keys/{api_key_id}", |a, g| {
            let change = with(g, UpdateProjectApiKey::default(), |k| k.expires_in_seconds(60).scopes(["s"]));
            one(a).api_keys().update("api_key_id", &change)
        }),
        case("DELETE /organization/projects/{project_id}/api_keys/{api_key_id}", |a, _| {
            one(a).api_keys().delete("api_key_id")
        }),
        case("GET /organization/projects/{project_id}/certificates", |a, g| {
            one(a).certificates().list(&certificates(g))
        }),
        case("POST /organization/projects/{project_id}/certificates/activate", |a, _| {
            one(a).certificates().activate(&CertificateIds::new(["c"]))
        }),
        case("POST /organization/projects/{project_id}/certificates/deactivate", |a, _| {
            one(a).certificates().deactivate(&CertificateIds::new(["c"]))
        }),
        case("GET /organization/projects/{project_id}/data_retention", |a, _| one(a).data_retention().get()),
        case("POST /organization/projects/{project_id}/data_retention", |a, _| {
            one(a).data_retention().update(&UpdateDataRetention::new(RetentionType::OrganizationDefault))
        }),
        case("GET /organization/projects/{project_id}/groups", |a, g| {
            let params = with(g, ListProjectGroups::default(), |p| p.after("x").limit(2).order(Order::Asc));
            one(a).groups().list(&params)
        }),
        case("POST /organization/projects/{project_id}/groups", |a, _| {
            one(a).groups().add(&NewProjectGroup::new("g", "r"))
        }),
        case("GET /organization/projects/{project_id}/groups/{group_id}", |a, g| {
            one(a).groups().get("group_id", with(g, None, |_| Some(&GroupType::TenantGroup)))
        }),
        case("DELETE /organization/projects/{project_id}/groups/{group_id}", |a, _| {
            one(a).groups().remove("group_id")
        }),
        case("GET /organization/projects/{project_id}/service_accounts", |a, g| {
            one(a)
                .service_accounts()
                .list(&with(g, ListServiceAccounts::default(), |p| p.after("x").limit(2)))
        }),
        case("POST /organization/projects/{project_id}/service_accounts", |a, g| {
            let account = with(g, NewServiceAccount::new("n"), |s| {
                s.create_service_account_only(true).expires_in_seconds(60)
            });
            one(a).service_accounts().create(&account)
        }),
        case("GET /organization/projects/{project_id}/service_accounts/{service_account_id}", |a, _| {
            one(a).service_accounts().get("service_account_id")
        }),
        case("POST /organization/projects/{project_id}/service_accounts/{service_account_id}", |a, g| {
            let change = with(g, UpdateServiceAccount::default(), |s| s.name("n").role(ProjectRole::Member));
            one(a).service_accounts().update("service_account_id", &change)
        }),
        case("DELETE /organization/projects/{project_id}/service_accounts/{service_account_id}", |a, _| {
            one(a).service_accounts().delete("service_account_id")
        }),
        case(
            "POST /organization/projects/{project_id}/service_accounts/{service_account_id}/api_keys",
            |a, g| {
                let key = with(g, NewServiceAccountApiKey::default(), |k| {
                    k.name("n").scopes(["s"]).expires_in_seconds(60)
                });
                one(a).service_accounts().create_api_key("service_account_id", &key)
            },
        ),
        case("GET /organization/projects/{project_id}/users", |a, g| {
            one(a).users().list(&with(g, ListProjectUsers::default(), |p| p.after("x").limit(2)))
        }),
        case("POST /organization/projects/{project_id}/users", |a, g| {
            let mut user = NewProjectUser::by_id("u", ProjectRole::Member);
            user.user_id = None;
            one(a).users().add(&with(g, user, |u| u.user_id("u").email("a@x.org")))
        }),
        case("GET /organization/projects/{project_id}/users/{user_id}", |a, _| one(a).users().get("user_id")),
        case("POST /organization/projects/{project_id}/users/{user_id}", |a, g| {
            one(a)
                .users()
                .update("user_id", &with(g, UpdateProjectUser::default(), |u| u.role(ProjectRole::Owner)))
        }),
        case("DELETE /organization/projects/{project_id}/users/{user_id}", |a, _| {
            one(a).users().delete("user_id")
        }),
    ]
}

fn project_limits() -> Vec<Case> {
    vec![
        case("GET /organization/projects/{project_id}/hosted_tool_permissions", |a, _| {
            one(a).hosted_tool_permissions().get()
        }),
        case("POST /organization/projects/{project_id}/hosted_tool_permissions", |a, g| {
            let change = with(g, UpdateHostedTools::default(), |t| {
                t.code_interpreter(true).file_search(false).image_generation(true).mcp(false).web_search(true)
            });
            one(a).hosted_tool_permissions().update(&change)
        }),
        case("GET /organization/projects/{project_id}/model_permissions", |a, _| {
            one(a).model_permissions().get()
        }),
        case("POST /organization/projects/{project_id}/model_permissions", |a, _| {
            one(a).model_permissions().update(&UpdateModelPermissions::deny(["m"]))
        }),
        case("DELETE /organization/projects/{project_id}/model_permissions", |a, _| {
            one(a).model_permissions().delete()
        }),
        case("GET /organization/projects/{project_id}/rate_limits", |a, g| {
            let params = with(g, ListRateLimits::default(), |p| p.after("x").before("y").limit(2));
            one(a).rate_limits().list(&params)
        }),
        case("POST /organization/projects/{project_id}/rate_limits/{rate_limit_id}", |a, g| {
            let change = with(g, UpdateRateLimit::default(), |l| {
                l.max_requests_per_1_minute(1)
                    .max_tokens_per_1_minute(2)
                    .max_images_per_1_minute(3)
                    .max_audio_megabytes_per_1_minute(4)
                    .max_requests_per_1_day(5)
                    .batch_1_day_max_input_tokens(6)
            });
            one(a).rate_limits().update("rate_limit_id", &change)
        }),
        case("GET /organization/projects/{project_id}/service_tier_settings", |a, _| {
            one(a).service_tier_settings().get()
        }),
        case("POST /organization/projects/{project_id}/service_tier_settings", |a, g| {
            let change = with(g, UpdateServiceTiers::default(), |t| {
                t.default_tier(DefaultTier::Fast).enabled_tiers(EnabledTiers::Set(TierSet::All))
            });
            one(a).service_tier_settings().update(&change)
        }),
        case("GET /organization/projects/{project_id}/spend_alerts", |a, g| {
            one(a).spend_alerts().list(&alerts(g))
        }),
        case("POST /organization/projects/{project_id}/spend_alerts", |a, g| {
            one(a).spend_alerts().create(&alert(g))
        }),
        case("GET /organization/projects/{project_id}/spend_alerts/{alert_id}", |a, _| {
            one(a).spend_alerts().get("alert_id")
        }),
        case("POST /organization/projects/{project_id}/spend_alerts/{alert_id}", |a, g| {
            one(a).spend_alerts().update("alert_id", &alert(g))
        }),
        case("DELETE /organization/projects/{project_id}/spend_alerts/{alert_id}", |a, _| {
            one(a).spend_alerts().delete("alert_id")
        }),
        case("GET /organization/projects/{project_id}/spend_limit", |a, _| one(a).spend_limit().get()),
        case("POST /organization/projects/{project_id}/spend_limit", |a, _| {
            one(a).spend_limit().update(&NewSpendLimit::new(1))
        }),
        case("DELETE /organization/projects/{project_id}/spend_limit", |a, _| one(a).spend_limit().delete()),
    ]
}

/// A query with what all kinds of usage have, and more.
macro_rules! query {
    ($given:ident, $query:ident, $group:expr, $width:ident $(, $setter:ident($value:expr))*) => {
        &with($given, $query::new(T), |q| {
            q.end_time(T.plus(std::time::Duration::from_secs(86_400)))
                .bucket_width(BucketWidth::$width)
                .project_ids(["p", "q"])
                .group_by([$group])
                .limit(3)
                .page("x")
                $(.$setter($value))*
        })
    };
}

fn usage() -> Vec<Case> {
    use ModelGroup::Model;
    vec![
        case("GET /organization/costs", |a, g| {
            a.usage().costs(query!(
                g,
                CostsQuery,
                CostsGroup::LineItem,
                Day,
                api_key_ids(["k"]),
                line_items(["l"])
            ))
        }),
        case("GET /organization/usage/audio_speeches", |a, g| {
            a.usage().audio_speeches(query!(
                g,
                AudioSpeechesQuery,
                Model,
                Hour,
                api_key_ids(["k"]),
                models(["m"]),
                user_ids(["u"])
            ))
        }),
        case("GET /organization/usage/audio_transcriptions", |a, g| {
            a.usage().audio_transcriptions(query!(
                g,
                AudioTranscriptionsQuery,
                Model,
                Hour,
                api_key_ids(["k"]),
                models(["m"]),
                user_ids(["u"])
            ))
        }),
        case("GET /organization/usage/code_interpreter_sessions", |a, g| {
            a.usage().code_interpreter_sessions(query!(
                g,
                CodeInterpreterSessionsQuery,
                ProjectGrouping::ProjectId,
                Minute
            ))
        }),
        case("GET /organization/usage/completions", |a, g| {
            a.usage().completions(query!(
                g,
                CompletionsQuery,
                CompletionsGroup::ServiceTier,
                Day,
                api_key_ids(["k"]),
                models(["m"]),
                user_ids(["u"]),
                batch(true)
            ))
        }),
        case("GET /organization/usage/decisions", |a, g| {
            a.usage().decisions(query!(
                g,
                DecisionsQuery,
                DecisionsGroup::ApiSource,
                Day,
                api_key_ids(["k"]),
                models(["m"]),
                user_ids(["u"]),
                batch(false)
            ))
        }),
        case("GET /organization/usage/embeddings", |a, g| {
            a.usage().embeddings(query!(
                g,
                EmbeddingsQuery,
                Model,
                Day,
                api_key_ids(["k"]),
                models(["m"]),
                user_ids(["u"])
            ))
        }),
        case("GET /organization/usage/file_search_calls", |a, g| {
            a.usage().file_search_calls(query!(
                g,
                FileSearchCallsQuery,
                FileSearchGroup::VectorStoreId,
                Day,
                api_key_ids(["k"]),
                user_ids(["u"]),
                vector_store_ids(["v"])
            ))
        }),
        case("GET /organization/usage/images", |a, g| {
            a.usage().images(query!(
                g,
                ImagesQuery,
                ImagesGroup::Size,
                Day,
                api_key_ids(["k"]),
                models(["m"]),
                user_ids(["u"]),
                sizes([ImageSize::Square1024]),
                sources([ImageSource::Edit])
            ))
        }),
        case("GET /organization/usage/moderations", |a, g| {
            a.usage().moderations(query!(
                g,
                ModerationsQuery,
                Model,
                Day,
                api_key_ids(["k"]),
                models(["m"]),
                user_ids(["u"])
            ))
        }),
        case("GET /organization/usage/vector_stores", |a, g| {
            a.usage().vector_stores(query!(g, VectorStoresQuery, ProjectGrouping::ProjectId, Day))
        }),
        case("GET /organization/usage/web_search_calls", |a, g| {
            a.usage().web_search_calls(query!(
                g,
                WebSearchCallsQuery,
                WebSearchGroup::ContextLevel,
                Day,
                api_key_ids(["k"]),
                models(["m"]),
                user_ids(["u"]),
                context_levels([SearchContextLevel::High])
            ))
        }),
    ]
}

fn one(admin: &Admin) -> ProjectClient {
    admin.project("project_id")
}

fn full_logs(params: ListAuditLogs) -> ListAuditLogs {
    params
        .effective_at(TimeRange::default().gt(T).gte(T).lt(T).lte(T))
        .project_ids(["p", "q"])
        .event_types([AuditLogEventType::ProjectCreated, AuditLogEventType::LoginFailed])
        .actor_ids(["u"])
        .actor_emails(["a@x.org"])
        .resource_ids(["r"])
        .tenant_only(false)
        .limit(2)
        .after("x")
        .before("y")
}

fn certificates(given: Given) -> ListCertificates {
    with(given, ListCertificates::default(), |p| p.after("x").limit(2).order(Order::Desc))
}

fn alerts(given: Given) -> ListSpendAlerts {
    with(given, ListSpendAlerts::default(), |p| p.after("x").before("y").limit(2).order(Order::Asc))
}

fn alert(given: Given) -> NewSpendAlert {
    with(given, NewSpendAlert::email(1, ["a@x.org"]), |alert| {
        alert.notification_channel(NotificationChannel::email(["a@x.org"]).subject_prefix("x"))
    })
}

fn assigned(given: Given) -> ListRoleAssignments {
    with(given, ListRoleAssignments::default(), |p| p.after("x").limit(2).order(Order::Asc))
}

fn role() -> NewRoleAssignment {
    NewRoleAssignment::new("r")
}

fn roles(given: Given) -> ListRoles {
    with(given, ListRoles::default(), |p| p.after("x").limit(2).order(Order::Asc))
}

fn new_role(given: Given) -> NewRole {
    with(given, NewRole::new("n", ["p"]), |r| r.description("d"))
}

fn changed_role(given: Given) -> UpdateRole {
    with(given, UpdateRole::default(), |r| {
        r.role_name("n").permissions(["p"]).description(FieldUpdate::Clear)
    })
}
