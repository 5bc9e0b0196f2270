-- Corrections of records (rules M15, A5.7) and proofs of what the register holds (M13).

alter table marriage.archive_file
  drop constraint archive_file_class_check,
  add constraint archive_file_class_check
    check (class in ('marriage', 'divorce', 'revocation', 'reissue', 'correction'));

-- What a version said besides its body; null in versions of before.
alter table marriage.record_version
  add column residence_a text,
  add column residence_b text,
  add column person_a    text,
  add column person_b    text;

-- Numbers of proofs; gaps are of applications that were refused.
create sequence marriage.proof_serial;
