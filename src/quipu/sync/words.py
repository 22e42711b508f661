"""The shapes of the short texts in manifests, certificates and revisions, for typed reading."""

from typing import Annotated

from msgspec import Meta

from quipu.sync.limits import COUNTER, TEXT

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

Uuid = Annotated[str, Meta(pattern=rf"\A{_UUID}\Z")]
PackedUuid = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_-]{22}\Z")]
UuidOrBlank = Annotated[str, Meta(pattern=rf"\A(?:{_UUID})?\Z")]
Audience = Annotated[str, Meta(pattern=rf"\A(?:centre|{_UUID})\Z")]
Sha256 = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
Sha256OrBlank = Annotated[str, Meta(pattern=r"\A(?:[0-9a-f]{64})?\Z")]
Key = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
Signature = Annotated[str, Meta(pattern=r"\A[0-9a-f]{128}\Z")]
Session = Annotated[str, Meta(pattern=r"\A[0-9a-f]{32}\Z")]
Nonce = Annotated[str, Meta(pattern=r"\A(?:[0-9a-f]{2}){8,64}\Z")]
Device = Annotated[str, Meta(pattern=r"\A[0-9A-Za-z-]{1,64}\Z")]
DeviceOrBlank = Annotated[str, Meta(pattern=r"\A[0-9A-Za-z-]{0,64}\Z")]
PartName = Annotated[
    str, Meta(pattern=r"\A[a-z0-9][a-z0-9._-]*(?:/[a-z0-9._-]+)*\Z", max_length=120)
]
Word = Annotated[str, Meta(pattern=r"\A[^\x00-\x20\x7f]{0,100}\Z")]
Version = Annotated[str, Meta(pattern=r"\A[1-9]\d{0,5}\Z")]
Name = Annotated[str, Meta(pattern=r"\A[^\x00]*\Z", max_length=1000)]
FileName = Annotated[str, Meta(pattern=r"\A[^\x00-\x1f\x7f]*\Z", max_length=200)]
Text = Annotated[str, Meta(pattern=r"\A[^\x00]*\Z", max_length=TEXT)]
Day = Annotated[str, Meta(pattern=r"\A\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\Z")]
Moment = Annotated[str, Meta(max_length=40)]
Count = Annotated[int, Meta(ge=0, le=COUNTER)]
Number = Annotated[int, Meta(ge=1, le=COUNTER)]
