//! The Dashboard: what is the state, what came in, what is to do.

use askama::Template;
use jiff::Timestamp;

use super::Frame;
use crate::{
    chart::{MoneyChart, ShareChart},
    component::{Empty, Findings, Table, Tile},
    text::Words,
};

/// The first page of a client.
#[derive(Debug, Template)]
#[template(path = "page/dashboard.html")]
pub struct Dashboard {
    pub t: Words,
    pub frame: Frame,
    /// Up to when everything is here: `alle Abrechnungen bis 22.11. lückenlos`.
    pub covered: String,
    pub may_connect: bool,
    pub tiles: Vec<Tile>,
    pub money: Option<MoneyChart>,
    pub share: Option<ShareChart>,
    pub findings: Findings,
    pub connections: Table,
    pub next_fetch: Option<Timestamp>,
    /// Shown instead of everything while nothing is connected and nothing uploaded.
    pub first_steps: Option<Empty>,
}
