use serde_json::json;

use super::Call;
use crate::simulator::refusal::Refusal;
use crate::simulator::reply::Reply;
use crate::simulator::world::Books;

pub(super) fn one(call: &Call<'_>, books: &mut Books) -> Result<Reply, Refusal> {
    books.reports.document(call.id).ok_or(Refusal::ResourceNotFound)?;
    let handout = &call.handout;
    let address = handout.storage.address(call.id, handout.compressed, handout.from);
    Reply::ok(&json!({
        "reportDocumentId": call.id,
        "url": format!("{}{address}", handout.base),
        "compressionAlgorithm": if handout.compressed { "GZIP" } else { "N/A" },
    }))
}
