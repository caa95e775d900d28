//! `kontor user`: accounts, as whoever has the data folder and the key in hand may change them.

use std::io::{self, BufRead as _, IsTerminal as _};

use anyhow::Context as _;
use app::account::{reset, second_factor};
use app::people::operate;
use app::{Actor, say};
use clap::{Args, Subcommand};
use secrecy::SecretString;
use web::server::Site;

use super::{Edge, Ending};
use crate::house::{HouseArguments, spoken};

/// Create, list and help users
#[derive(Debug, Args)]
pub(super) struct UserArguments {
    #[command(flatten)]
    house: HouseArguments,
    /// The address under which browsers reach Kontor, for links
    #[arg(long, value_name = "URL", env = "KONTOR_PUBLIC_URL", default_value = "http://127.0.0.1:8080")]
    public_url: String,
    #[command(subcommand)]
    command: UserCommand,
}

#[derive(Debug, Subcommand)]
enum UserCommand {
    /// Make a user; without --password-stdin a link for the password is printed
    Create {
        /// The mail address, which is the login
        email: String,
        /// The name
        #[arg(long)]
        name: Option<String>,
        /// Betreiber: may create clients and reset logins
        #[arg(long)]
        operator: bool,
        /// Read the password from standard input
        #[arg(long)]
        password_stdin: bool,
    },
    /// List all users
    List,
    /// Print a link for a new password
    ResetPassword {
        /// The mail address
        email: String,
    },
    /// Take a lost second factor away
    ResetSecondFactor {
        /// The mail address
        email: String,
    },
    /// Shut a user out
    Disable {
        /// The mail address
        email: String,
    },
    /// Let a user in again
    Enable {
        /// The mail address
        email: String,
    },
}

/// Runs the command.
pub(super) fn run(arguments: &UserArguments, edge: Edge) -> anyhow::Result<Ending> {
    tokio::runtime::Runtime::new()?.block_on(act(arguments, edge))
}

async fn act(arguments: &UserArguments, edge: Edge) -> anyhow::Result<Ending> {
    let (by, language) = (Actor::CommandLine, edge.language);
    let app = arguments.house.open(language).await?;
    let site = Site::new(&arguments.public_url, false)?;
    let spoken = |error| spoken(error, language);
    match &arguments.command {
        UserCommand::Create { email, name, operator, password_stdin } => {
            let password = if *password_stdin { Some(read_password(edge)?) } else { None };
            let name = name.as_deref().unwrap_or(email);
            operate::create(&app, &by, email, name, password.as_ref(), *operator, language)
                .await
                .map_err(spoken)?;
            println!("{}", say!(language, "{} angelegt", "{} made", email));
            if password.is_none() {
                print_link(&site, &reset::by_operator(&app, &by, email).await.map_err(spoken)?, edge);
            }
        }
        UserCommand::List => {
            for user in operate::list(&app, &by).await.map_err(spoken)? {
                let mark = |holds: bool, word: &'static str| if holds { word } else { "-" };
                println!(
                    "{}\t{}\t{}\t{}\t{}",
                    user.email,
                    user.name,
                    mark(user.operator, "operator"),
                    mark(user.totp_sealed.is_some(), "second-factor"),
                    mark(user.disabled_at.is_some(), "disabled")
                );
            }
        }
        UserCommand::ResetPassword { email } => {
            print_link(&site, &reset::by_operator(&app, &by, email).await.map_err(spoken)?, edge);
        }
        UserCommand::ResetSecondFactor { email } => {
            second_factor::reset(&app, &by, email).await.map_err(spoken)?;
            let text = say!(
                language,
                "Der zweite Faktor von {} ist entfernt; alle Sitzungen sind beendet.",
                "The second factor of {} is removed; all sessions are ended.",
                email
            );
            println!("{text}");
        }
        UserCommand::Disable { email } => {
            operate::set_disabled(&app, &by, email, true).await.map_err(spoken)?;
            println!("{}", say!(language, "{} ist ausgesperrt", "{} is shut out", email));
        }
        UserCommand::Enable { email } => {
            operate::set_disabled(&app, &by, email, false).await.map_err(spoken)?;
            println!("{}", say!(language, "{} kann sich anmelden", "{} can log in", email));
        }
    }
    Ok(Ending::Done)
}

fn print_link(site: &Site, token: &app::Token, edge: Edge) {
    let link = site.link(&format!("{}?code={}", web::address::PASSWORD, token.reveal()));
    let text = say!(
        edge.language,
        "Neues Passwort (einmal, 2 Stunden gültig): {}",
        "New password (once, within 2 hours): {}",
        link
    );
    println!("{text}");
}

fn read_password(edge: Edge) -> anyhow::Result<SecretString> {
    if io::stdin().is_terminal() {
        eprint!("{}", edge.language.pick("Passwort: ", "Password: "));
    }
    let mut text = String::new();
    io::stdin().lock().read_line(&mut text).context("standard input")?;
    Ok(text.trim_end_matches(['\r', '\n']).into())
}
