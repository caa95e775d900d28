//! Pictures as SVG made here, each with its figures as a table beside it. Colours come from classes of the stylesheet, so
//! a picture is light, dark or printed like the page. Positions are whole units of the picture's own measure.

mod money;
mod scale;
mod share;
mod timeline;

pub use money::{MoneyChart, MonthMoney};
pub use share::{MonthShare, ShareChart};
pub use timeline::{Span, SpanKind, Timeline};

use askama::filters::HtmlSafe;

impl HtmlSafe for MoneyChart {}
impl HtmlSafe for ShareChart {}
impl HtmlSafe for Timeline {}
