use openai_admin::{Admin, Error, ListProjects, prelude::*};

/// Removes a person from every project, and then from the organization.
pub async fn offboard(admin: &Admin, user: &str) -> Result<(), Error> {
    let mut projects = admin.projects().list(&ListProjects::default().limit(100)).items();
    while let Some(project) = projects.try_next().await? {
        match admin.project(&project.id).users().delete(user).await {
            Err(error) if error.is_not_found() => {} // not a member
            result => println!("{}: removed {}", project.id, result?.id),
        }
    }
    admin.users().delete(user).await?;
    Ok(())
}
