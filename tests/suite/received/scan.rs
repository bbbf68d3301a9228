//! The scan of a letter as a picture: taken from staff alone, by its content, without what telephones write into it.

use super::{NORM, closing_today, composer, enter};
use crate::harness::client::css;
use crate::harness::{Server, on_both};

/// A picture that can be shown.
const SHOWN: &[u8] = include_bytes!("../../../static/card.png");

/// The same with its maker's name in it and words behind its end.
pub fn picture() -> Vec<u8> {
    let (head, rest) = SHOWN.split_at(33);
    let note = b"tEXtAuthor\0Petra at 52.1N";
    let length = u32::try_from(note.len() - 4).unwrap().to_be_bytes();
    [head, &length, note, &crc32fast::hash(note).to_be_bytes(), rest, b"behind its end"].concat()
}

/// A photograph as telephones make them: turned, with its place, and a second picture behind the first.
fn photograph() -> Vec<u8> {
    let segment = |marker: u8, content: &[u8]| {
        [&[0xff, marker], &u16::try_from(content.len() + 2).unwrap().to_be_bytes()[..], content].concat()
    };
    let exif = b"Exif\0\0II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0 GPS 52.1N of Petra";
    let frame = [8, 0, 40, 0, 30, 1, 1, 0x11, 0];
    let parts =
        [segment(0xe1, exif), segment(0xdb, &[0; 65]), segment(0xc0, &frame), segment(0xda, &[1, 1, 0, 0, 63, 0])];
    [b"\xff\xd8".as_slice(), &parts.concat(), b"data\xff\xd9", b"\xff\xd8", &segment(0xe1, exif), b"\xff\xd9"].concat()
}

fn holds(bytes: &[u8], part: &str) -> bool {
    bytes.windows(part.len()).any(|window| window == part.as_bytes())
}

on_both! {
    fn a_picture_is_a_scan_and_says_nothing_but_what_it_shows(server: Server) {
        closing_today(&server);
        let (mo, ray) = (server.moderator("mo"), server.moderator("ray"));
        let form = composer(&mo, |form| form).choose("attachment", "IMG_0041.pdf", photograph());
        let reference = enter(&form.choose("attachment", "page 2.png", picture()));
        let desk = ray.get(&format!("/secretariat/comments/{reference}")).expect(200);
        desk.reads("IMG_0041.pdf.jpg").reads("Picture (JPEG)").reads("page 2.png");
        let dom = desk.dom();
        let shown: Vec<&str> = dom.select(&css("img.scan")).filter_map(|it| it.value().attr("src")).collect();
        assert_eq!(shown.len(), 2);
        for (address, kind) in shown.iter().zip(["image/jpeg", "image/png"]) {
            let file = ray.get(address).expect(200);
            assert_eq!(file.header("content-type"), Some(kind));
            assert_eq!(file.header("x-content-type-options"), Some("nosniff"));
            assert_eq!(file.header("cache-control"), Some("private, no-store"));
            assert!(file.header("content-disposition").unwrap().starts_with("attachment"));
            assert!(file.header("content-security-policy").unwrap().starts_with("sandbox"));
            for secret in ["Petra", "GPS", "52.1N", "behind"] {
                assert!(!holds(&file.body, secret), "{kind} holds {secret}");
            }
            server.anonymous().get(address).expect(404);
        }
        assert_eq!(ray.get(shown[1]).body, SHOWN, "to the byte what is shown");
        ray.publish(&reference);
        for address in shown {
            server.anonymous().get(address).expect(404);
        }
        server.anonymous().get(&format!("/comments/{reference}")).expect(200).lacks("IMG_0041").lacks("img.scan");
    }

    fn damaged_and_disguised_pictures_are_refused_with_words(server: Server) {
        closing_today(&server);
        let mo = server.moderator("mo");
        let cut = photograph()[..90].to_vec();
        let wrong = composer(&mo, |form| form).choose("attachment", "cut.jpg", cut).go("check").expect(422);
        wrong.reads("the picture is damaged");
        let form = wrong.form(crate::harness::comments::COMPOSER);
        assert_eq!(form.value("rationale"), "Written by hand.");
        let gif = form.choose("attachment", "scan.png", b"GIF89a\x01\0\x01\0\0\0".to_vec()).go("check").expect(422);
        gif.reads("only PDF, JPEG, PNG");
        assert_eq!(server.count("attachments"), 0);
    }

    fn stakeholders_send_documents(server: Server) {
        let ada = server.stakeholder("ada");
        let form = ada.whole_form(NORM, "With a picture.").choose("attachment", "photo.jpg", photograph());
        form.go("check").expect(422).reads("only PDF, DOCX");
        assert_eq!(server.count("attachments"), 0);
    }
}
