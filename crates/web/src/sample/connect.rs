use super::{frame, gallery::Sample};
use crate::{address::Place, page::connect::Providers, text::Words};

pub(super) fn samples(t: &Words) -> Vec<Sample> {
    vec![Sample::of("providers", Providers::new(frame(t, Place::Connections)))]
}
