import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** All addresses of IPv6 that are given out to the public. Others are reserved, or have an address of IPv4 in them. */
const PUBLIC_IPV6: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse("2000::"), 3];

/**
 * Whether an address belongs to the public internet. Not so are those of loopback, of private networks, of one link, of a
 * provider's own network, of groups, and all that are reserved, also if an address of IPv6 stands for one of IPv4.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address.range() !== "unicast") return false;
  return address.kind() === "ipv4" || (address as ipaddr.IPv6).match(PUBLIC_IPV6);
}

/** Whether the host of a URL is not public, as far as its name tells: an address, or a name of this machine. */
export function isRefusedName(hostname: string): boolean {
  const name = hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
  if (isIP(name) !== 0) return !isPublicAddress(name);
  return name === "localhost" || name.endsWith(".localhost");
}
