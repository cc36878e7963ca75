//! What is in a zip archive, and where; unpacking is left to whoever has a decompressor.
//!
//! Only the directory at the archive's end is believed, and every place it names is checked against
//! the archive's length before it is used. The layout is that of PKWARE's APPNOTE 6.3, sections 4.3
//! and 4.4, with Zip64 as far as archives of more than 65,535 files need it.

use super::bad;
use crate::error::Result;
use crate::say::say;
use serde::Serialize;
use std::ops::Range;

/// Most bytes that all files of an archive may unpack to.
pub const MAX_UNPACKED: u64 = 2 << 30;

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "ZipPacking"))]
pub enum Packing {
    /// Not at all.
    Stored,
    /// As a raw Deflate stream (RFC 1951).
    Deflated,
}

/// A file in an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "ZipEntry"))]
pub struct Entry {
    /// Its path, as the archive has it.
    pub path: String,
    /// How it is packed.
    pub packing: Packing,
    /// Where its packed bytes lie in the archive; always within it.
    pub bytes: Range<usize>,
    /// How many bytes it unpacks to. Stop unpacking where it is more.
    pub size: usize,
    #[serde(skip)]
    checksum: u32,
}

impl Entry {
    /// Checks what was unpacked against the directory; `name` is the archive's.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::BadData`](crate::error::ErrorCode::BadData) where length or checksum differ.
    pub fn check(&self, name: &str, unpacked: &[u8]) -> Result<()> {
        if unpacked.len() == self.size && crc32(unpacked) == self.checksum {
            return Ok(());
        }
        let fault = say!("its contents do not match their checksum. Make or fetch the archive again.");
        bad(name, fault.about(&self.path))
    }
}

/// Lists the files of an archive, folders left out; `name` is for the sentence of an error.
///
/// # Errors
///
/// [`ErrorCode::BadData`](crate::error::ErrorCode::BadData) where it is no archive, is cut off or
/// damaged, or has a file that is encrypted, packed otherwise than by Deflate, or too large.
pub fn entries(name: &str, archive: &[u8]) -> Result<Vec<Entry>> {
    let Some(directory) = directory(archive) else {
        let fault = if archive.starts_with(b"PK\x03\x04") {
            say!("the archive is cut off: its directory is missing. Fetch or make it again.")
        } else {
            say!("this is not a zip archive.")
        };
        return bad(name, fault);
    };
    let (mut at, end) = (directory.start, directory.end);
    let (mut entries, mut unpacked) = (Vec::new(), 0_u64);
    while at < end {
        let Some((entry, next)) = header(archive, at) else {
            return bad(name, say!("its directory is damaged. Fetch or make the archive again."));
        };
        at = next;
        if entry.path.ends_with(['/', '\\']) {
            continue;
        }
        let fault = if entry.flags & ENCRYPTED != 0 {
            Some(say!("it is encrypted. Make the archive without a password."))
        } else if !matches!(entry.method, STORED | DEFLATED) {
            Some(say!("it is packed by a method that cannot be read. Make the archive with plain Deflate."))
        } else if entry.size == u32::MAX || entry.packed == u32::MAX {
            Some(say!("it is larger than 4 GB."))
        } else {
            None
        };
        if let Some(fault) = fault {
            return bad(name, fault.about(&entry.path));
        }
        unpacked += u64::from(entry.size);
        if unpacked > MAX_UNPACKED {
            let most = MAX_UNPACKED >> 30;
            return bad(name, say!("it unpacks to more than {most} GB. Use fewer or smaller files.", most));
        }
        let Some(bytes) = contents(archive, &entry) else {
            let fault = say!("its place in the archive is damaged. Fetch or make it again.");
            return bad(name, fault.about(&entry.path));
        };
        let packing = if entry.method == STORED { Packing::Stored } else { Packing::Deflated };
        let (size, checksum) = (entry.size as usize, entry.checksum);
        entries.push(Entry { path: entry.path, packing, bytes, size, checksum });
    }
    Ok(entries)
}

const ENCRYPTED: u16 = 1;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// A header of the directory.
struct Header {
    path: String,
    flags: u16,
    method: u16,
    checksum: u32,
    packed: u32,
    size: u32,
    /// Where the file's own header starts.
    place: usize,
}

/// Where the directory lies, from the record at the archive's end; a comment may follow that record.
fn directory(archive: &[u8]) -> Option<Range<usize>> {
    const RECORD: usize = 22;
    let last = archive.len().checked_sub(RECORD)?;
    let is_record = |at: &usize| {
        archive[*at..].starts_with(b"PK\x05\x06") && u16_at(archive, at + 20) == Some((last - at) as u16)
    };
    let at = (last.saturating_sub(usize::from(u16::MAX))..=last).rev().find(is_record)?;
    let (mut size, mut start) = (u64::from(u32_at(archive, at + 12)?), u64::from(u32_at(archive, at + 16)?));
    // Where there are too many files for that record, one with wider numbers is pointed to just before it.
    if let Some(locator) = at.checked_sub(20).filter(|at| archive[*at..].starts_with(b"PK\x06\x07")) {
        let wide = usize::try_from(u64_at(archive, locator + 8)?).ok()?;
        archive.get(wide..)?.starts_with(b"PK\x06\x06").then_some(())?;
        (size, start) = (u64_at(archive, wide.checked_add(40)?)?, u64_at(archive, wide.checked_add(48)?)?);
    }
    let end = usize::try_from(start.checked_add(size)?).ok()?;
    (end <= at).then_some(start as usize..end)
}

/// The directory's header at a place, and where the next one starts.
fn header(archive: &[u8], at: usize) -> Option<(Header, usize)> {
    archive.get(at..)?.starts_with(b"PK\x01\x02").then_some(())?;
    let (number, word) = (|offset| u32_at(archive, at + offset), |offset| u16_at(archive, at + offset));
    let length = |offset| word(offset).map(usize::from);
    let path = archive.get(at + 46..)?.get(..length(28)?)?;
    let header = Header {
        path: String::from_utf8_lossy(path).into_owned(),
        flags: word(8)?,
        method: word(10)?,
        checksum: number(16)?,
        packed: number(20)?,
        size: number(24)?,
        place: number(42)? as usize,
    };
    Some((header, at + 46 + length(28)? + length(30)? + length(32)?))
}

/// Where a file's packed bytes lie: after its own header, whose variable parts may be of another
/// length than the directory's.
fn contents(archive: &[u8], entry: &Header) -> Option<Range<usize>> {
    let at = entry.place;
    archive.get(at..)?.starts_with(b"PK\x03\x04").then_some(())?;
    let variable = usize::from(u16_at(archive, at + 26)?) + usize::from(u16_at(archive, at + 28)?);
    let start = at + 30 + variable;
    let end = start.checked_add(entry.packed as usize)?;
    (end <= archive.len()).then_some(start..end)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// The checksum of zip, gzip and PNG (polynomial 0xedb88320, bits reversed).
pub fn crc32(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let mut byte = 0;
        while byte < 256 {
            let (mut value, mut bit) = (byte as u32, 0);
            while bit < 8 {
                value = if value & 1 == 1 { value >> 1 ^ 0xedb8_8320 } else { value >> 1 };
                bit += 1;
            }
            table[byte] = value;
            byte += 1;
        }
        table
    };
    !bytes.iter().fold(!0, |value, byte| TABLE[usize::from(value as u8 ^ byte)] ^ value >> 8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorCode;

    /// Made by Python 3's `zipfile`: `d/`, `d/0/a.txt` stored as "abc", `d/1/b.txt` deflated from 40
    /// times "x"; as hexadecimal digits.
    const MADE_BY_PYTHON: &str = "\
        504b03041400000000000000210000000000000000000000000002000000642f504b0304140000000000000021 \
        00c2412435030000000300000009000000642f302f612e747874616263504b030414000000080000002100f071 \
        1ac4060000002800000009000000642f312f622e747874aba8200e0000504b0102140314000000000000002100 \
        000000000000000000000000020000000000000000000000800100000000642f504b0102140314000000000000 \
        002100c24124350300000003000000090000000000000000000000800120000000642f302f612e747874504b01 \
        02140314000000080000002100f0711ac4060000002800000009000000000000000000000080014a000000642f \
        312f622e747874504b050600000000030003009e000000770000000000";

    fn python() -> Vec<u8> {
        let digits: Vec<u32> = MADE_BY_PYTHON.chars().filter_map(|digit| digit.to_digit(16)).collect();
        digits.chunks(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect()
    }

    /// An archive of empty files, with Zip64 records where `wide`.
    fn empty_files(count: usize, wide: bool) -> Vec<u8> {
        let (mut archive, mut directory) = (Vec::new(), Vec::new());
        for index in 0..count {
            let path = format!("{}/{index}.png", index % 10);
            let place = archive.len() as u32;
            archive.extend(b"PK\x03\x04");
            archive.extend([0; 22]);
            archive.extend((path.len() as u16).to_le_bytes());
            archive.extend([0; 2]);
            archive.extend(path.as_bytes());
            directory.extend(b"PK\x01\x02");
            directory.extend([0; 24]);
            directory.extend((path.len() as u16).to_le_bytes());
            directory.extend([0; 12]);
            directory.extend(place.to_le_bytes());
            directory.extend(path.as_bytes());
        }
        let (start, size) = (archive.len() as u64, directory.len() as u64);
        archive.extend(directory);
        let end = archive.len() as u64;
        if wide {
            archive.extend(b"PK\x06\x06");
            archive.extend([0; 36]);
            [size, start].iter().for_each(|value| archive.extend(value.to_le_bytes()));
            archive.extend(b"PK\x06\x07");
            archive.extend([0; 4]);
            archive.extend(end.to_le_bytes());
            archive.extend([0; 4]);
        }
        archive.extend(b"PK\x05\x06");
        archive.extend([0; 8]);
        for value in [size, start] {
            archive.extend(if wide { u32::MAX } else { value as u32 }.to_le_bytes());
        }
        archive.extend([0; 2]);
        archive
    }

    #[test]
    fn reads_what_python_writes() {
        let archive = python();
        let entries = entries("d.zip", &archive).expect("two files");
        let found: Vec<_> = entries.iter().map(|e| (e.path.as_str(), e.packing, e.size)).collect();
        assert_eq!(found, [("d/0/a.txt", Packing::Stored, 3), ("d/1/b.txt", Packing::Deflated, 40)]);
        assert_eq!(&archive[entries[0].bytes.clone()], b"abc");
        assert_eq!(entries[0].check("d.zip", b"abc"), Ok(()));
        assert_eq!(entries[1].check("d.zip", &[b'x'; 40]), Ok(()));
        for wrong in [&b"abd"[..], b"ab", b""] {
            let error = entries[0].check("d.zip", wrong).expect_err("not abc");
            assert!(error.message.starts_with("d.zip: d/0/a.txt: its contents do not match"), "{error}");
        }
        // Whoever packs deflated files ends their stream where the directory says.
        assert!(archive[entries[1].bytes.end..].starts_with(b"PK"));
    }

    #[test]
    fn many_files_need_wider_numbers() {
        for (count, wide) in [(0, false), (3, false), (3, true), (70_000, true)] {
            let archive = empty_files(count, wide);
            let found = entries("d.zip", &archive).expect("empty files");
            assert_eq!(found.len(), count, "wide: {wide}");
            assert!(found.iter().all(|entry| entry.bytes.is_empty() && entry.path.ends_with(".png")));
        }
        // A comment may follow, even one that looks like the record it follows.
        let mut archive = empty_files(3, false);
        let comment = b"PK\x05\x06 is how the record starts";
        archive.truncate(archive.len() - 2);
        archive.extend((comment.len() as u16).to_le_bytes());
        archive.extend(comment);
        assert_eq!(entries("d.zip", &archive).map(|found| found.len()), Ok(3));
    }

    #[test]
    fn a_checksum_is_the_known_one() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926, "the check value of CRC-32/ISO-HDLC");
        assert_eq!(crc32(b""), 0);
    }

    #[test]
    fn faults_are_named() {
        let good = python();
        let first = good.windows(4).position(|bytes| bytes == b"PK\x01\x02").expect("a directory");
        let second = first + 46 + "d/".len();
        let end = good.len() - 22;
        let with = |at: usize, bytes: &[u8]| {
            let mut archive = good.clone();
            archive[at..at + bytes.len()].copy_from_slice(bytes);
            archive
        };
        let cases: [(Vec<u8>, &str); 12] = [
            (Vec::new(), "this is not a zip archive."),
            (b"<!doctype html><html><body></body></html>".to_vec(), "this is not a zip archive."),
            (good[..good.len() - 1].to_vec(), "the archive is cut off"),
            (good[..60].to_vec(), "the archive is cut off"),
            (with(end + 16, &[0xff; 4]), "the archive is cut off"),
            (with(second, b"XX"), "its directory is damaged"),
            (with(second + 8, &[1]), "d/0/a.txt: it is encrypted"),
            (with(second + 10, &[14]), "d/0/a.txt: it is packed by a method"),
            (with(second + 20, &[0xff; 4]), "d/0/a.txt: it is larger than 4 GB"),
            (with(second + 24, &[0xfe, 0xff, 0xff, 0xff]), "it unpacks to more than 2 GB"),
            (with(second + 20, &[0, 0, 1, 0]), "d/0/a.txt: its place in the archive is damaged"),
            (with(second + 42, &[0, 0, 1, 0]), "d/0/a.txt: its place in the archive is damaged"),
        ];
        for (archive, fault) in cases {
            let error = entries("d.zip", &archive).expect_err(fault);
            assert_eq!(error.code, ErrorCode::BadData);
            assert!(error.message.starts_with("d.zip: "), "{error}");
            assert!(error.message.contains(fault), "{error} should say {fault}");
        }
    }

    #[test]
    fn no_damage_makes_it_panic() {
        let good = python();
        for at in 0..good.len() {
            for value in [0, 1, 0x50, 0x7f, 0x80, 0xff] {
                let mut archive = good.clone();
                archive[at] = value;
                if let Ok(entries) = entries("d.zip", &archive) {
                    assert!(entries.iter().all(|entry| archive.get(entry.bytes.clone()).is_some()));
                }
            }
            let _ = entries("d.zip", &good[..at]);
            let _ = entries("d.zip", &good[at..]);
        }
    }
}
