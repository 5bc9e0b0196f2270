//! Documents and files of a case.

use axum::response::Response;
use yiwang_chassis::fault::Fault;

use crate::{
    portal::{
        desk::Desk,
        view::{Section, case::DocumentPage, format, notice::paragraphs},
    },
    rest::files::{download, open_attached},
};

/// A document, as it is printed.
pub(crate) async fn document(desk: Desk) -> Result<Response, Fault> {
    let (number, id) = (desk.param(0)?, desk.param(1)?);
    let document = desk
        .state
        .backends()
        .document(desk.who()?, number, id)
        .await?;
    let reference = document.r#ref.unwrap_or_default();
    Ok(desk.page(&DocumentPage {
        chrome: desk.chrome().titled(reference.title, Section::None),
        number: document.case_number,
        paragraphs: paragraphs(&document.text),
        issued: format::wire_day(reference.issued_at.as_ref()),
    }))
}

/// A file handed in with a case; who may see the case may see it.
pub(crate) async fn material(desk: Desk) -> Result<Response, Fault> {
    let file = desk.param(1)?.parse().map_err(|_| Fault::not_found())?;
    open_attached(&desk.state, desk.who()?, desk.param(0)?, file).await
}

/// An own file that is not part of a case yet.
pub(crate) async fn own_file(desk: Desk) -> Result<Response, Fault> {
    let file = desk.param(0)?.parse().map_err(|_| Fault::not_found())?;
    Ok(download(
        desk.state
            .uploads()
            .open_own(desk.who()?.account, file)
            .await?,
    ))
}
