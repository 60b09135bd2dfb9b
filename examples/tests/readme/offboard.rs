use openai_admin::{Admin, Error, ListProjects, prelude::*};

/// Removes a person from every project, and then from the organization.
pub async fn offboard(admin: &Admin, user: &str) -> Result<(), Error> {
    for project in admin.projects().list(&ListProjects::default().limit(100)).collect().await? {
        // 404, as `None`: not a member.
        if let Some(removed) = admin.project(&project.id).users().delete(user).optional().await? {
            println!("{}: removed {}", project.id, removed.id);
        }
    }
    admin.users().delete(user).await?;
    Ok(())
}
