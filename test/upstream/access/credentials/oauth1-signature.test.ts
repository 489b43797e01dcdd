import { expectedSignature, readOauthHeader } from "../../../../src/emulator/access/oauth-signature.js";
import {
  oauth1BaseString,
  oauth1Header,
  oauth1Signature,
} from "../../../../src/upstream/access/credentials/oauth1-signature.js";

/** RFC 5849, 1.2: the printer's credentials and the resource owner's token. */
const photos = {
  appKey: "dpf43f3p2l4k3l03",
  appSecret: "kd94hf93k423kf44",
  accessToken: "nnch734d00sl2jdk",
  accessTokenSecret: "pfkkdhi9sl3r4s00",
};

describe("the vectors of RFC 5849", () => {
  it("1.2: signs the request for the photo", () => {
    const request = {
      method: "GET",
      url: "http://photos.example.net/photos?file=vacation.jpg&size=original",
    };
    const parameters = {
      oauth_consumer_key: photos.appKey,
      oauth_token: photos.accessToken,
      oauth_signature_method: "HMAC-SHA1",
      oauth_timestamp: 137131202,
      oauth_nonce: "chapoH",
    };
    expect(oauth1Signature(photos, request, parameters)).toBe("MdpQcU8iPSUjWoN/UDMsK2sui9I=");
  });

  it("1.2: signs the request for the token", () => {
    const request = { method: "POST", url: "https://photos.example.net/token" };
    const key = { ...photos, accessToken: "hh5s93j4hdidpola", accessTokenSecret: "hdhd0244k9j7ao03" };
    const parameters = {
      oauth_consumer_key: key.appKey,
      oauth_token: key.accessToken,
      oauth_signature_method: "HMAC-SHA1",
      oauth_timestamp: 137131201,
      oauth_nonce: "walatlh",
      oauth_verifier: "hfdp7dh39dks9884",
    };
    expect(oauth1Signature(key, request, parameters)).toBe("gKgrFCywp7rO0OXSjdot/IHF7IU=");
  });

  it("3.4.1.1: makes the base string, from encoded names, repeated names and a host in capitals", () => {
    const key = { ...photos, appKey: "9djdj82h48djs9d2", accessToken: "kkk9d7dh3k39sjv7" };
    const url = "http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b&c2&a3=2+q";
    const parameters = {
      oauth_consumer_key: key.appKey,
      oauth_token: key.accessToken,
      oauth_signature_method: "HMAC-SHA1",
      oauth_timestamp: 137131201,
      oauth_nonce: "7d8f3e4a",
    };
    expect(oauth1BaseString(key, { method: "POST", url }, parameters)).toBe(
      "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26" +
        "c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26" +
        "oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7",
    );
  });
});

describe("oauth1Header", () => {
  it.each([
    "https://va.ac.liveperson.net/api/account/1/configuration/le-agents/status-reasons?v=1.0&include_deleted=true",
    "http://127.0.0.1:8080/a%20b/c?x=%21%27%28%29%2A&x=1&y=%C3%A9",
  ])("makes what another implementation expects, for %s", (url) => {
    const once = { nonce: "a+b/c=", timestamp: 1_700_000_000 };
    const header = oauth1Header(
      { ...photos, appSecret: "s&e%c!", accessTokenSecret: "ü" },
      { method: "PUT", url },
      once,
    );
    const parameters = readOauthHeader(header) ?? new Map<string, string>();
    expect(Object.fromEntries(parameters)).toEqual({
      oauth_consumer_key: photos.appKey,
      oauth_token: photos.accessToken,
      oauth_signature_method: "HMAC-SHA1",
      oauth_timestamp: "1700000000",
      oauth_nonce: "a+b/c=",
      oauth_version: "1.0",
      oauth_signature: expectedSignature({ method: "PUT", url, parameters }, "s&e%c!", "ü"),
    });
  });
});
