//! Language and theme, remembered with the account.

use store::{transact, user};

use super::own;
use crate::access::Actor;
use crate::context::App;
use crate::language::Language;
use crate::refusal::{AppError, Refusal};

/// Light, dark, or as the machine has it.
pub const THEMES: [&str; 3] = ["auto", "light", "dark"];

/// Remembers a language.
pub async fn set_language(app: &App, actor: &Actor, language: Language) -> Result<(), AppError> {
    transact!(app.database, transaction => {
        let user = own(transaction, actor).await?;
        Ok(user::set_preferences(transaction, &user.id, language.code(), &user.theme).await?)
    })
}

/// Remembers a theme, one of [`THEMES`].
pub async fn set_theme(app: &App, actor: &Actor, theme: &str) -> Result<(), AppError> {
    if !THEMES.contains(&theme) {
        return Err(Refusal::invalid(
            "theme",
            "theme-unknown",
            "Es gibt hell, dunkel und automatisch.",
            "There are light, dark and auto.",
        )
        .into());
    }
    transact!(app.database, transaction => {
        let user = own(transaction, actor).await?;
        Ok(user::set_preferences(transaction, &user.id, &user.language, theme).await?)
    })
}
