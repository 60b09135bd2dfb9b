//! Certificates for mutual TLS, of the organization and of a project.

use declarest::{Query, Scalar, api};
use serde::{Deserialize, Serialize};

use crate::{Call, ConversationCursorPage, Order, Pages, Timestamp};

/// Certificates of the organization.
///
/// ```
/// use openai_admin::{CertificateIds, NewCertificate, prelude::*};
///
/// # declarest_examples::documented(async |admin| {
/// let certificates = admin.certificates();
/// let pem = "-----BEGIN CERTIFICATE-----\nMIIB…\n-----END CERTIFICATE-----";
/// let certificate = certificates.create(&NewCertificate::new(pem).name("office")).await?;
/// certificates.activate(&CertificateIds::new([certificate.id])).await?;
/// # Ok(()) }).unwrap();
/// ```
///
/// [Reference of the API](https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/certificates).
#[api(partial_fakes)]
pub trait Certificates: Send + Sync {
    /// Lists the certificates that were uploaded.
    #[get("/organization/certificates")]
    fn list(&self, #[query(flatten)] params: &ListCertificates)
    -> Pages<ConversationCursorPage<Certificate>>;

    /// Uploads a certificate, at most 50 in all; it is not active before it is activated.
    #[post("/organization/certificates")]
    fn create(&self, #[json] certificate: &NewCertificate) -> Call<Certificate>;

    /// Activates up to 10 certificates for the organization: all of them or none.
    #[post("/organization/certificates/activate", idempotent)]
    fn activate(&self, #[json] certificates: &CertificateIds) -> Call<CertificateList>;

    /// Deactivates up to 10 certificates for the organization: all of them or none.
    #[post("/organization/certificates/deactivate", idempotent)]
    fn deactivate(&self, #[json] certificates: &CertificateIds) -> Call<CertificateList>;

    /// Fetches one certificate, active or not.
    #[doc(alias = "retrieve")]
    #[get("/organization/certificates/{certificate_id}")]
    fn get(&self, certificate_id: &str, #[query(flatten)] params: &GetCertificate) -> Call<Certificate>;

    /// Renames a certificate; nothing else can be changed.
    #[post("/organization/certificates/{certificate_id}")]
    fn update(&self, certificate_id: &str, #[json] change: &UpdateCertificate) -> Call<Certificate>;

    /// Deletes a certificate that is active nowhere, neither in the organization nor in a project.
    #[delete("/organization/certificates/{certificate_id}")]
    fn delete(&self, certificate_id: &str) -> Call<DeletedCertificate>;
}

/// Certificates of a project. Made by [`ProjectScope::certificates`](crate::ProjectScope::certificates).
///
/// ```
/// use openai_admin::{ListCertificates, prelude::*};
///
/// # declarest_examples::documented(async |admin| {
/// let certificates = admin.project("proj_search").certificates();
/// let mut all = certificates.list(&ListCertificates::default()).items();
/// while let Some(certificate) = all.try_next().await? {
///     println!("{} {:?}", certificate.id, certificate.name);
/// }
/// # Ok(()) }).unwrap();
/// ```
///
/// [Reference of the API](https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/projects/subresources/certificates).
#[api(partial_fakes)]
pub trait ProjectCertificates: Send + Sync {
    /// Lists the certificates of the project.
    #[get("/certificates")]
    fn list(&self, #[query(flatten)] params: &ListCertificates)
    -> Pages<ConversationCursorPage<Certificate>>;

    /// Activates up to 10 certificates for the project: all of them or none.
    #[post("/certificates/activate", idempotent)]
    fn activate(&self, #[json] certificates: &CertificateIds) -> Call<CertificateList>;

    /// Deactivates up to 10 certificates for the project: all of them or none.
    #[post("/certificates/deactivate", idempotent)]
    fn deactivate(&self, #[json] certificates: &CertificateIds) -> Call<CertificateList>;
}

/// Which certificates to list.
#[derive(Debug, Clone, Default, PartialEq, Query)]
#[non_exhaustive]
pub struct ListCertificates {
    /// The id of the last certificate of the page before.
    pub after: Option<String>,
    /// Certificates on a page, 1 to 100; the server's default is 20.
    pub limit: Option<u32>,
    /// By the time of upload; the server's default is [`Order::Desc`].
    pub order: Option<Order>,
}

setters!(ListCertificates: after [text], limit [u32], order [Order]);

/// What a certificate is fetched with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum CertificateInclude {
    /// Its text in PEM: `content`.
    Content,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// What a certificate is fetched with.
#[derive(Debug, Clone, Default, PartialEq, Query)]
#[non_exhaustive]
pub struct GetCertificate {
    /// Parts that are left out when they are not asked for.
    pub include: Vec<CertificateInclude>,
}

setters!(GetCertificate: include [list CertificateInclude]);

/// A certificate that is to be uploaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct NewCertificate {
    /// The certificate in PEM.
    pub certificate: String,
    /// What it is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl NewCertificate {
    /// This certificate in PEM.
    #[must_use]
    pub fn new(certificate: impl Into<String>) -> Self {
        Self { certificate: certificate.into(), name: None }
    }
}

setters!(NewCertificate: name [text]);

/// A certificate's new name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct UpdateCertificate {
    /// What it is called from now on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

setters!(UpdateCertificate: name [text]);

/// Certificates to activate or deactivate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct CertificateIds {
    /// 1 to 10 ids.
    pub certificate_ids: Vec<String>,
}

impl CertificateIds {
    /// These certificates, 1 to 10.
    #[must_use]
    pub fn new(ids: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { certificate_ids: ids.into_iter().map(Into::into).collect() }
    }
}

/// A certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Certificate {
    /// `certificate`; in lists `organization.certificate` or `organization.project.certificate`.
    pub object: Option<String>,
    /// Names it in [`Certificates::get`] and [`CertificateIds`].
    pub id: String,
    /// What it is called.
    pub name: Option<String>,
    /// When it was uploaded.
    pub created_at: Timestamp,
    /// What the certificate says.
    pub certificate_details: CertificateDetails,
    /// Whether it is active in the organization or project; lists say it.
    pub active: Option<bool>,
}

/// What a certificate says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CertificateDetails {
    /// Since when it is valid.
    pub valid_at: Option<Timestamp>,
    /// Until when it is valid.
    pub expires_at: Option<Timestamp>,
    /// Its text in PEM, where [`GetCertificate`] asked for it.
    pub content: Option<String>,
}

/// The certificates that were activated or deactivated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CertificateList {
    /// What was done: ends in `.activation` or `.deactivation`.
    pub object: Option<String>,
    /// The certificates.
    pub data: Vec<Certificate>,
}

/// Says that a certificate was deleted. The server may send the id alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DeletedCertificate {
    /// `certificate.deleted`.
    pub object: Option<String>,
    /// The certificate's id.
    pub id: String,
}
