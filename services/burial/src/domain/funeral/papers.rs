//! The four papers before a cremation 火化前核验: the dead, the death certificate, the signed
//! confirmation and the handler, all present and equal; the tag matches; nobody forbids it;
//! never twice (国令824号; rules B5.1).

use yiwang_casework::Refusal;

use crate::domain::desk::at_field;

/// What is said to whoever asks for it a second time.
pub const TWICE: &str =
    "这位逝者已经火化，不能再次火化。请核对遗体编号和身份；有疑问的立即报告负责人。";

/// Somebody as a paper names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named<'a> {
    /// Name.
    pub name: &'a str,
    /// Number of the document; empty: none (无).
    pub number: &'a str,
}

impl Named<'_> {
    fn same(self, other: Named<'_>) -> bool {
        let equal = |a: &str, b: &str| a.trim().eq_ignore_ascii_case(b.trim());
        equal(self.name, other.name) && equal(self.number, other.number)
    }
}

/// A death certificate as the register has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Certificate<'a> {
    /// Name on it.
    pub name: &'a str,
    /// It names the person of the case, by key; both may be nameless.
    pub same_person: bool,
    /// Voided.
    pub voided: bool,
}

/// Everything on the table.
#[derive(Debug, Clone, Copy)]
pub struct Papers<'a> {
    /// The dead, as the case has them.
    pub dead: Named<'a>,
    /// As the document at hand says.
    pub dead_shown: Named<'a>,
    /// The death certificate; none: the register has none under the number shown.
    pub certificate: Option<Certificate<'a>>,
    /// Who signed 遗体火化确认书; none: nobody.
    pub confirmed_by: Option<Named<'a>>,
    /// The handler 承办人, as the case has them.
    pub handler: Named<'a>,
    /// As the card at hand says.
    pub handler_shown: Named<'a>,
    /// Tag of the case's body; none: not taken in.
    pub tag: Option<&'a str>,
    /// As scanned.
    pub tag_scanned: &'a str,
    /// Document of an open hold.
    pub held_by: Option<(&'a str, &'a str)>,
    /// The body or its person was in a furnace.
    pub cremated: bool,
    /// The body looks as the cause on the paper says.
    pub fits_cause: bool,
}

/// Whether the body may be cremated.
///
/// # Errors
/// `ALREADY_CREMATED`, `BODY_ON_HOLD`, `TAG_DIFFERS`, `DEATH_CERTIFICATE_MISSING`,
/// `DEATH_CERTIFICATE_VOIDED`, `NAME_DIFFERS`, `CONFIRMATION_MISSING`, `HANDLER_DIFFERS`,
/// `BODY_DIFFERS`.
pub fn check(papers: &Papers<'_>) -> Result<(), Refusal> {
    if papers.cremated {
        return Err(Refusal::new("ALREADY_CREMATED", TWICE));
    }
    not_held(papers.held_by)?;
    same_tag(papers.tag, papers.tag_scanned)?;
    let certificate = papers.certificate.ok_or_else(no_certificate)?;
    fits(papers, certificate)?;
    let Some(signed) = papers.confirmed_by else {
        let message = "还没有承办人签字的遗体火化确认书。请承办人在网上签署，\
                       或者到馆签字后由工作人员登记，再核验。";
        return Err(Refusal::new("CONFIRMATION_MISSING", message));
    };
    if !signed.same(papers.handler) {
        let message = "火化确认书上的签字人不是本次治丧的承办人，请由承办人重新签署。";
        return Err(Refusal::new("HANDLER_DIFFERS", message));
    }
    if !papers.handler_shown.same(papers.handler) {
        let message =
            "出示的身份证与承办人不一致，请承办人本人带身份证到场；更换承办人的先变更登记。";
        return Err(at_field("HANDLER_DIFFERS", "/handler_number", message));
    }
    if !papers.fits_cause {
        let message = "遗体状况与死亡证明写的死亡原因不符：立即停止，保护现场，\
                       向公安机关报告，并用“报告公安机关”登记。";
        return Err(at_field("BODY_DIFFERS", "/fits_cause", message));
    }
    Ok(())
}

/// Nobody forbids it.
///
/// # Errors
/// `BODY_ON_HOLD`.
pub fn not_held(held_by: Option<(&str, &str)>) -> Result<(), Refusal> {
    let Some((authority, document)) = held_by else {
        return Ok(());
    };
    let message = format!(
        "{authority}已要求不得火化（{document}）。收到该机关解除限制的文书并登记后，才能继续。"
    );
    Err(Refusal::new("BODY_ON_HOLD", message))
}

/// The tag scanned is that of the case.
///
/// # Errors
/// `TAG_DIFFERS`.
pub fn same_tag(tag: Option<&str>, scanned: &str) -> Result<(), Refusal> {
    if tag.is_some_and(|tag| tag.eq_ignore_ascii_case(scanned.trim())) {
        return Ok(());
    }
    let message = "扫描的遗体编号与本办件不一致。请停下来，当面核对手环、柜号和姓名，\
                   找到正确的遗体后重新扫描。";
    Err(at_field("TAG_DIFFERS", "/tag", message))
}

/// There is none.
#[must_use]
pub fn no_certificate() -> Refusal {
    let message = "没有查到这份死亡证明。请家属向开具死亡证明的医院、乡镇卫生院或者公安机关领取，\
                   登记证明编号后再办理；没有死亡证明不能接运、不能火化。";
    Refusal::new("DEATH_CERTIFICATE_MISSING", message)
}

/// Certificate, document at hand and case name the same person.
fn fits(papers: &Papers<'_>, certificate: Certificate<'_>) -> Result<(), Refusal> {
    if certificate.voided {
        let message = "这份死亡证明已被出具单位作废，不能使用。请家属向原出具单位换领新的证明。";
        return Err(Refusal::new("DEATH_CERTIFICATE_VOIDED", message));
    }
    if !certificate.same_person || certificate.name.trim() != papers.dead.name.trim() {
        let message = "死亡证明上的姓名、身份证件与本办件的逝者不一致。请核对是否拿错了证明；\
                       证明写错的，由原出具单位更正。";
        return Err(Refusal::new("NAME_DIFFERS", message));
    }
    if !papers.dead_shown.same(papers.dead) {
        let message = "出示的逝者身份证件与本办件不一致，请核对姓名和号码。";
        return Err(at_field("NAME_DIFFERS", "/dead_number", message));
    }
    Ok(())
}
