//! What programs are told of a route: what it is for, what it takes and what it answers.

use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{IntoParams, PartialSchema as _, ToSchema};

use super::shape::List;

/// A schema by its name, with those that it needs.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) all: Vec<(String, RefOr<Schema>)>,
}

impl Named {
    fn of<T: ToSchema>() -> Self {
        let mut all = Vec::new();
        T::schemas(&mut all);
        let name = T::name().into_owned();
        all.push((name.clone(), T::schema()));
        Self { name, all }
    }
}

/// What is sent.
#[derive(Clone, Debug)]
pub(super) enum Takes {
    Json(Named),
    /// Bytes of one of these kinds.
    Bytes(&'static [&'static str]),
}

/// What comes back.
#[derive(Clone, Debug)]
pub(super) enum Gives {
    Json(u16, Named),
    /// 200 and bytes of a kind.
    Bytes(&'static str),
    /// 204.
    Nothing,
}

/// What programs are told of a route.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    pub(super) subject: &'static str,
    pub(super) summary: &'static str,
    pub(super) query: Vec<Parameter>,
    pub(super) takes: Option<Takes>,
    pub(super) gives: Gives,
}

impl Operation {
    /// Something that answers with a body.
    pub(super) fn gives<T: ToSchema>(subject: &'static str, summary: &'static str) -> Self {
        Self { subject, summary, query: Vec::new(), takes: None, gives: Gives::Json(200, Named::of::<T>()) }
    }

    /// Something that answers with a list. A generic schema has one name for all of its kinds, and names that of its items
    /// without bringing it.
    pub(super) fn lists<T: ToSchema>(subject: &'static str, summary: &'static str) -> Self {
        let (list, mut item) = (List::<T>::schema(), Named::of::<T>());
        let name = format!("ListOf{}", item.name);
        item.all.push((name.clone(), list));
        let named = Named { name, all: item.all };
        Self { subject, summary, query: Vec::new(), takes: None, gives: Gives::Json(200, named) }
    }

    /// Something that answers with bytes of a kind.
    pub(super) fn bytes(subject: &'static str, summary: &'static str, kind: &'static str) -> Self {
        Self { subject, summary, query: Vec::new(), takes: None, gives: Gives::Bytes(kind) }
    }

    /// Something that is done, and there is nothing to say about it.
    pub(super) fn nothing(subject: &'static str, summary: &'static str) -> Self {
        Self { subject, summary, query: Vec::new(), takes: None, gives: Gives::Nothing }
    }

    /// Its parameters after the question mark.
    pub(super) fn query<Q: IntoParams>(self) -> Self {
        Self { query: Q::into_params(|| Some(ParameterIn::Query)), ..self }
    }

    /// Takes a body.
    pub(super) fn takes<T: ToSchema>(self) -> Self {
        Self { takes: Some(Takes::Json(Named::of::<T>())), ..self }
    }

    /// Takes bytes of one of these kinds.
    pub(super) fn takes_bytes(self, kinds: &'static [&'static str]) -> Self {
        Self { takes: Some(Takes::Bytes(kinds)), ..self }
    }

    /// Answers with another status than 200.
    pub(super) fn status(self, status: u16) -> Self {
        let gives = match self.gives {
            Gives::Json(_, named) => Gives::Json(status, named),
            other => other,
        };
        Self { gives, ..self }
    }
}
