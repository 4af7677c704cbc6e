import { readYaml, stepsOf } from '../__testUtils__/readYaml';

it.each([
  ['DownloadSecureFile@1', 'secureFile', 'shop.pfx'],
  ['InstallAppleCertificate@2', 'certSecureFile', 'shop.p12'],
  ['InstallAppleProvisioningProfile@1', 'provProfileSecureFile', 'shop.prof'],
  ['InstallSSHKey@0', 'sshKeySecureFile', 'shop.key'],
  ['AndroidSigning@3', 'apksignerKeystoreFile', 'shop.jks'],
])('%s is given a secure file by %s', (task, input, file) => {
  const reading = readYaml(
    `steps:\n- task: ${task}\n  inputs: { ${input}: ${file} }\n`,
  );
  expect(stepsOf(reading)[0].secureFiles).toEqual([file]);
});
