//! What stands around every page: header, menu, messages.

use app::{Permission, Role};

use crate::{
    address::{self, Place},
    component::Message,
    text::Words,
};

/// Light or dark, or as the machine of the user has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    Auto,
    Light,
    Dark,
}

impl Theme {
    /// The word in the cookie and in the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of a word; `Auto` for any other.
    pub fn parse(name: &str) -> Self {
        [Self::Light, Self::Dark].into_iter().find(|theme| theme.name() == name).unwrap_or_default()
    }

    /// What the switch leads to.
    fn next(self) -> Self {
        match self {
            Self::Auto => Self::Dark,
            Self::Dark => Self::Light,
            Self::Light => Self::Auto,
        }
    }
}

/// Who is logged in.
#[derive(Clone, Debug)]
pub struct Person {
    pub name: String,
    pub email: String,
}

/// A client that can be chosen.
#[derive(Clone, Debug)]
pub struct ClientChoice {
    pub id: String,
    /// As it is called everywhere: `10 234 · Teehaus Demo GmbH`.
    pub name: String,
    /// What the user is to it; none for an operator, who sees no client data.
    pub role: Option<Role>,
}

/// Figures in the menu: how much is open.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    pub reconciliation: u64,
    pub export: u64,
    pub connections: u64,
}

/// What stands around a page.
#[derive(Clone, Debug)]
pub struct Frame {
    pub t: Words,
    pub theme: Theme,
    /// The address of this page with its query, to come back to.
    pub path: String,
    /// Who is logged in, if anybody.
    pub person: Option<Person>,
    /// The client of this page, if it is one of a client.
    pub client: Option<ClientChoice>,
    /// All clients of the user, for the switch.
    pub clients: Vec<ClientChoice>,
    /// The entry of the menu under which this page lies.
    pub place: Option<Place>,
    pub counts: Counts,
    /// The pages of a client that there are.
    pub places: Vec<Place>,
    /// What just happened.
    pub messages: Vec<Message>,
    /// What was looked for, when the page shows what was found.
    pub query: String,
}

/// A group of the menu.
pub struct MenuGroup {
    pub title: Option<&'static str>,
    pub items: Vec<MenuItem>,
}

/// An entry of the menu.
pub struct MenuItem {
    pub text: &'static str,
    pub href: String,
    pub current: bool,
    pub count: Option<String>,
}

impl Frame {
    /// The frame of a page that nobody has to be logged in for.
    pub fn bare(words: Words, theme: Theme, path: impl Into<String>) -> Self {
        Self {
            t: words,
            theme,
            path: path.into(),
            person: None,
            client: None,
            clients: Vec::new(),
            place: None,
            counts: Counts::default(),
            places: Vec::new(),
            messages: Vec::new(),
            query: String::new(),
        }
    }

    /// The address of a place of this client.
    pub fn at(&self, place: Place) -> String {
        match &self.client {
            Some(client) => place.of(&client.id),
            None => address::CLIENTS.to_owned(),
        }
    }

    /// The address of something below a place: `frame.below(Place::Entries, "?month=2026-10")`,
    /// `frame.below(Place::Connections, "/new")`.
    pub fn below(&self, place: Place, rest: &str) -> String {
        format!("{}{rest}", self.at(place))
    }

    /// May the user do this with the client of the page? Somebody without a role is an auditor, who sees and does nothing.
    pub fn may(&self, permission: Permission) -> bool {
        let Some(client) = &self.client else { return false };
        client.role.map_or(permission == Permission::See, |role| permission.of_role(role))
    }

    /// Is there such a page, and is it for this user?
    pub fn has(&self, place: Place) -> bool {
        self.places.contains(&place) && self.may(place.permission())
    }

    /// The menu, as far as the role of the user reaches.
    pub fn menu(&self) -> Vec<MenuGroup> {
        let t = &self.t;
        let group = |title, places: &[Place]| MenuGroup {
            title,
            items: places.iter().filter(|place| self.has(**place)).map(|place| self.item(*place)).collect(),
        };
        let groups = [
            group(None, &[Place::Dashboard]),
            group(
                Some(t.menu_entries()),
                &[Place::Entries, Place::Uploads, Place::Documents, Place::Reconciliation],
            ),
            group(Some(t.menu_export()), &[Place::Export]),
            group(
                Some(t.menu_user()),
                &[
                    Place::Connections,
                    Place::ClientSettings,
                    Place::PaymentAccounts,
                    Place::ExpenseAccounts,
                    Place::Debtors,
                    Place::VoucherTexts,
                    Place::Users,
                    Place::Log,
                ],
            ),
        ];
        groups.into_iter().filter(|group| !group.items.is_empty()).collect()
    }

    fn item(&self, place: Place) -> MenuItem {
        let count = match place {
            Place::Reconciliation => self.counts.reconciliation,
            Place::Export => self.counts.export,
            Place::Connections => self.counts.connections,
            _ => 0,
        };
        MenuItem {
            text: self.t.place(place),
            href: self.at(place),
            current: self.place == Some(place),
            count: (count > 0).then(|| self.t.number(count)),
        }
    }

    pub(crate) fn next_theme(&self) -> &'static str {
        self.theme.next().name()
    }
}
